// Serves bundles, and opens them in Chromium.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, normalize } from 'node:path';
import { chromium } from 'playwright-core';
import { chromiumArgs, chromiumPath } from '../test/support/chromium.mjs';
import { root } from '../test/support/installed.mjs';

const page = (script) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Benchmark</title><link rel="icon" href="data:,"></head>
<body><script type="module" src="${script}"></script></body></html>`;

/**
 * Serves bundles under /<name>/ and the standalone build under /standalone/. The pages are cross-origin isolated, so that
 * their clock is exact to 5 µs.
 */
export async function serve(bundles) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const [, folder, file] = pathname.split('/');
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    response.setHeader('Cache-Control', 'no-store');
    try {
      if (!file) return response.setHeader('Content-Type', 'text/html').end(page(`/${folder}/page.js`));
      const code =
        bundles[folder]?.chunks.get(file)?.code ?? readFileSync(join(root, 'dist', normalize(`/${folder}/${file}`)));
      response.setHeader('Content-Type', 'text/javascript').end(code);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
}

/** Runs `use` with a page. Rejects if the page throws an error. */
export async function withPage(use, { args = [] } = {}) {
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumArgs, ...args] });
  try {
    const context = await browser.newContext({ viewport: { width: 320, height: 640 }, locale: 'en-US' });
    const opened = await context.newPage();
    const thrown = new Promise((_, reject) => opened.once('pageerror', reject));
    return await Promise.race([use(opened, context), thrown]);
  } finally {
    await browser.close();
  }
}
