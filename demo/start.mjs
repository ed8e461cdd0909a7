// npm start: serves the demo, with its TypeScript compiled on request and with the Content-Security-Policy of Q8.
import { createServer } from 'node:net';
import { ensureInstalled, isMain } from '../test/support/installed.mjs';

const host = '127.0.0.1';

/** The policy of a page that allows no inline script or style. */
export const contentSecurityPolicy =
  "script-src 'self'; style-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html";

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}

async function freePort(first) {
  for (let port = first; port < first + 100; port += 1) if (await isFree(port)) return port;
  throw new Error(`No free port from ${first} to ${first + 99}`);
}

async function demoPages(context, next) {
  if (context.path === '/' || context.path === '/demo') return context.redirect('/demo/');
  if (context.path === '/favicon.ico') return void (context.status = 204);
  await next();
  if (context.path.startsWith('/demo/')) context.set('Content-Security-Policy', contentSecurityPolicy);
}

/** Serves the repository on the first free port from `port` on. `open` is a path that is opened in the browser. */
export async function serveDemo({ port = 8000, open = false, middleware = [] } = {}) {
  ensureInstalled();
  const { startDevServer } = await import('@web/dev-server');
  const { serving } = await import('../test/support/serving.mjs');
  const free = await freePort(port);
  const server = await startDevServer({
    config: {
      ...serving(),
      hostname: host,
      port: free,
      open,
      // The server would inject an inline script, which the policy forbids.
      injectWebSocket: false,
      middleware: [demoPages, ...middleware],
    },
    readCliArgs: false,
    readFileConfig: false,
    logStartMessage: false,
    autoExitProcess: false,
  });
  return { url: `http://${host}:${free}`, stop: () => server.stop() };
}

if (isMain(import.meta.url)) {
  const { CI, DISPLAY, PORT, WAYLAND_DISPLAY } = process.env;
  const screen = process.platform !== 'linux' || DISPLAY || WAYLAND_DISPLAY;
  const open = process.stdout.isTTY && !CI && screen ? '/demo/' : false;
  const { url, stop } = await serveDemo({ port: Number(PORT) || 8000, open });
  console.log(`The demo is at ${url}/demo/ (Ctrl+C ends it)`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stop().finally(() => process.exit(0)));
}
