// npm run sip: starts a SIP server on this machine, and serves a page with three panels that call each other.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { bundled } from '../test/support/bundled.mjs';
import { ensureInstalled, isMain, root } from '../test/support/installed.mjs';
import { setUpOrThrow } from '../test/support/run/needs.mjs';
import { passwordOf, startKamailio } from '../test/support/sip/kamailio.mjs';
import { contentSecurityPolicy } from './start.mjs';

const host = '127.0.0.1';
const firstPort = 8060;
const types = { html: 'text/html', css: 'text/css', js: 'text/javascript', json: 'application/json' };

/** Bundles the scripts of the pages, because JsSIP is not an ES module. */
async function scripts() {
  const files = await bundled(['demo/sip.ts', 'demo/sip-panel.ts']);
  return files.map(({ path, contents }) => [path.replace(/^.*[\\/]/, '/'), contents]);
}

async function numbers() {
  const [file] = await bundled(['demo/sip-people.ts']);
  const { people } = await import(`data:text/javascript;base64,${Buffer.from(file.contents).toString('base64')}`);
  return people.map(({ number }) => number);
}

const listening = (server, port) =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server.address().port));
  });

/** Starts the SIP server and the page. Returns the page's address, and a function that stops both. */
export async function startSipDemo({ port = firstPort } = {}) {
  const kamailio = await startKamailio();
  const pages = ['sip.html', 'sip-panel.html', 'page.css', 'sip.css'].map((name) => [
    `/${name}`,
    readFileSync(join(root, 'demo', name)),
  ]);
  const files = new Map([...pages, ...(await scripts())]);
  const passwords = Object.fromEntries((await numbers()).map((number) => [number, passwordOf(number)]));
  const server = { url: kamailio.url, domain: kamailio.domain, passwords };
  files.set('/server.json', JSON.stringify(server));
  files.set('/', files.get('/sip.html'));
  const web = createServer((request, response) => {
    const path = new URL(request.url, 'http://page').pathname;
    const file = files.get(path);
    if (file === undefined) return response.writeHead(path === '/favicon.ico' ? 204 : 404).end();
    response.setHeader('Content-Type', types[path.split('.').at(-1)] ?? types.html);
    response.setHeader('Content-Security-Policy', contentSecurityPolicy);
    response.end(file);
  });
  const free = await listening(web, port).catch(() => listening(web, 0));
  return {
    url: `http://${host}:${free}/`,
    async stop() {
      web.closeAllConnections();
      web.close();
      await kamailio.close();
    },
  };
}

if (isMain(import.meta.url)) {
  ensureInstalled();
  setUpOrThrow('kamailio');
  const demo = await startSipDemo({ port: Number(process.env.PORT) || firstPort }).catch(({ message }) => {
    console.error(message);
    process.exit(1);
  });
  console.log(`Three panels that call each other are at ${demo.url} (Ctrl+C ends them)`);
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => void demo.stop().finally(() => process.exit(0)));
}
