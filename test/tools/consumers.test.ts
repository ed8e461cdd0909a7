import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { build } from 'esbuild';

const { chromiumArgs, chromiumPath } = (await import(new URL('../support/chromium.mjs', import.meta.url).href)) as {
  chromiumArgs: string[];
  chromiumPath: () => string;
};
const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const consumers = join(root, 'test/package/consumers');
const cache = join(root, '.cache/consumers');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  exports: Record<string, string | { default: string }>;
};
const node = (...args: string[]) => run(process.execPath, args, { cwd: root });

/** Builds the package if it is missing or older than its sources, since these tests use the published files. */
async function ensureBuilt(): Promise<void> {
  const files = Object.values(manifest.exports).map((target) => (typeof target === 'string' ? target : target.default));
  const built = files.map((file) => statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0);
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
  const newest = Math.max(...sources.map((file) => statSync(join(root, 'src', file)).mtimeMs));
  // package.json is in `exports`, but the build does not write it.
  if (built.every((time, at) => time >= newest || files[at] === './package.json')) return;
  await node('test/support/build.mjs');
}

describe('the package in other projects', () => {
  let server: Server;
  let browser: Browser;
  let url = '';

  before(async () => {
    await ensureBuilt();
    mkdirSync(cache, { recursive: true });
    await build({
      entryPoints: ['react.tsx', 'vue.ts', 'plain.ts', 'ports.ts'].map((file) => join(consumers, file)),
      bundle: true,
      splitting: true,
      format: 'esm',
      target: 'es2022',
      outdir: cache,
      jsx: 'automatic',
      define: {
        'process.env.NODE_ENV': '"production"',
        __VUE_OPTIONS_API__: 'true',
        __VUE_PROD_DEVTOOLS__: 'false',
        __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
      },
      alias: { vue: join(root, 'node_modules/vue/dist/vue.esm-bundler.js') },
      absWorkingDir: root,
      logLevel: 'error',
    });
    const page = (script: string) =>
      `<!doctype html><html lang="en"><head><title>Test</title><link rel="icon" href="data:,"></head><body><div id="app"></div>${script}</body></html>`;
    for (const name of ['react', 'vue', 'plain'])
      writeFileSync(join(cache, `${name}.html`), page(`<script type="module" src="${name}.js"></script>`));
    writeFileSync(
      join(cache, 'standalone.html'),
      page(
        '<script type="module" src="ports.js"></script>' +
          '<script type="module" src="/dist/standalone/ccai-agent-adapter.js"></script>' +
          '<ccai-agent-adapter locale="fr"></ccai-agent-adapter>',
      ),
    );
    const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' };
    server = createServer((request, response) => {
      const path = normalize(new URL(request.url!, 'http://localhost').pathname);
      const file = path.startsWith('/dist/') ? join(root, path) : join(cache, path);
      try {
        response.setHeader('Content-Type', types[extname(file)] ?? 'text/plain').end(readFileSync(file));
      } catch {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
    browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumArgs });
  });
  after(async () => {
    await browser?.close();
    server?.close();
  });

  async function open(name: string): Promise<{ page: Page; errors: string[] }> {
    const page = await browser.newPage({ locale: 'en-US' });
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    await page.goto(`${url}/${name}.html`);
    return { page, errors };
  }

  for (const name of ['react', 'vue', 'plain'])
    it(`Q9 ${name} sets properties, receives events, changes settings and removes the element`, async () => {
      const { page, errors } = await open(name);
      await page.getByRole('button', { name: 'Dial a number' }).click();
      await page.getByRole('textbox', { name: 'Phone number' }).waitFor();
      const given = await page.evaluate(() => {
        const element = document.querySelector('ccai-agent-adapter')!;
        const { host, telephony } = globalThis as unknown as { host: unknown; telephony: unknown };
        return {
          same: element.host === host && element.telephony === telephony,
          attributes: element.getAttributeNames().filter((attribute) => !/^(locale|class|data-v-.*)$/.test(attribute)),
          locale: element.locale,
        };
      });
      assert.deepEqual(given, { same: true, attributes: [], locale: 'en' });
      const output = () => page.locator('#output').textContent();
      assert.match((await output()) ?? '', /ready/);
      assert.match((await output()) ?? '', /dial:adapter/);
      const recording = () =>
        page.evaluate(
          () => (globalThis as unknown as { telephony: { rules?: { record: boolean } } }).telephony.rules?.record,
        );
      assert.equal(await recording(), true);
      await page.getByRole('button', { name: 'Do not record' }).click();
      await page.waitForFunction(
        () =>
          (globalThis as unknown as { telephony: { rules?: { record: boolean } } }).telephony.rules?.record === false,
      );
      await page.getByRole('button', { name: 'Unmount' }).click();
      await page.waitForFunction(() => (globalThis as unknown as { disconnects: number }).disconnects === 1);
      assert.equal(await page.locator('ccai-agent-adapter').count(), 0);
      assert.deepEqual(errors, []);
      await page.close();
    });

  it('Q9 a script tag with the standalone file defines the element, in the language of its attribute', async () => {
    const { page, errors } = await open('standalone');
    await page.evaluate(() => {
      const { host, telephony } = globalThis as unknown as { host: never; telephony: never };
      Object.assign(document.querySelector('ccai-agent-adapter')!, { host, telephony });
    });
    await page.getByRole('button', { name: 'Composer un numéro' }).click();
    await page.getByRole('textbox', { name: 'Numéro de téléphone' }).waitFor();
    assert.deepEqual(errors, []);
    await page.close();
  });

  it('Q9 TypeScript checks the element, its properties and its events, also in React and Vue', async () => {
    await assert.doesNotReject(node('node_modules/typescript/bin/tsc', '-p', 'test/package/consumers'), (error) => {
      throw new Error((error as { stdout: string }).stdout);
    });
  });

  it('Q9 every subpath can be imported in Node, and the core works there', async () => {
    const subpaths = Object.entries(manifest.exports)
      .filter(([, target]) => typeof target === 'object')
      .map(([subpath]) => subpath)
      // Made for a script tag, with Lit's browser build inside.
      .filter((subpath) => subpath !== './standalone');
    for (const subpath of subpaths) {
      const name = `ccai-agent-adapter${subpath.slice(1)}`;
      await node('--input-type=module', '-e', `await import(${JSON.stringify(name)})`);
    }
    const { stdout } = await node(
      '--input-type=module',
      '-e',
      `import { createDesktop } from 'ccai-agent-adapter/core';
       import { MemoryHost } from 'ccai-agent-adapter/memory';
       import { SimulatedTelephony } from 'ccai-agent-adapter/simulator';
       const desktop = createDesktop({ host: new MemoryHost(), telephony: new SimulatedTelephony() });
       const ready = new Promise((resolve) => desktop.onEvent(({ type }) => type === 'ready' && resolve()));
       desktop.start();
       await ready;
       await new Promise((resolve) => setTimeout(resolve, 50));
       console.log(desktop.snapshot.agent.matches('ready'));
       await desktop.stop();`,
    );
    assert.equal(stdout.trim(), 'true');
  });

  it('Q9 publint and attw find no problem in the package', async () => {
    await assert.doesNotReject(node('test/support/check-package.mjs'), (error) => {
      throw new Error((error as { stdout: string }).stdout);
    });
  });
});
