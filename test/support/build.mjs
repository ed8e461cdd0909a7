// npm run build: builds the modules and types, the file for a plain script tag, the custom elements manifest, and the
// Zendesk app. It asks for the app's Zendesk account, unless CCAI_ZENDESK_ACCOUNT names it (acme, or * for any).
// CCAI_ZENDESK_CONNECT="https://… wss://…" names the origins to which the app's pages may connect.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ensureInstalled, root } from './installed.mjs';

process.chdir(root);
ensureInstalled();

function tool(path, ...args) {
  const { status } = spawnSync(process.execPath, [join('node_modules', path), ...args], { stdio: ['ignore', 1, 2] });
  if (status !== 0) process.exit(status ?? 1);
}

async function step(name, work) {
  const started = performance.now();
  await work();
  console.log(`${name}, ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(9);
const gzipped = (code) => gzipSync(code, { level: 9 }).length;

/** Builds the files of the standalone build, and prints their sizes and that of the first load. */
async function standalone() {
  const { rollup } = await import('rollup');
  const { default: config } = await import('../../rollup.config.mjs');
  const bundle = await rollup(config);
  const { output } = await bundle.write(config.output);
  await bundle.close();
  const chunks = new Map(output.filter(({ type }) => type === 'chunk').map((chunk) => [chunk.fileName, chunk]));
  const first = new Set(['ccai-agent-adapter.js']);
  for (const name of first) for (const other of chunks.get(name).imports) first.add(other);
  let total = 0;
  for (const [name, { code }] of chunks) {
    if (first.has(name)) total += gzipped(code);
    console.log(
      `${kilobytes(gzipped(code))} gzipped  dist/standalone/${name}${first.has(name) ? '  (first load)' : ''}`,
    );
  }
  console.log(`${kilobytes(total)} gzipped  in all at the first load`);
}

/** Writes the manifest. The analyzer reads the sources, because of their types. The manifest has the paths of dist/. */
function manifest() {
  tool(
    '@custom-elements-manifest/analyzer/cem.js',
    ...['analyze', '--litelement', '--quiet', '--globs', 'src/define.ts', 'src/element/**/*.ts'],
    ...['--exclude', 'src/**/*.test.ts', 'src/**/*.stories.ts'],
  );
  const text = readFileSync('custom-elements.json', 'utf8');
  const built = (key, value) =>
    typeof value === 'string' && /^\/?src\/.*\.[jt]s$/.test(value)
      ? value.replace(/^\/?src\//, 'dist/').replace(/\.ts$/, '.js')
      : value;
  const modules = JSON.parse(text, built);
  writeFileSync('custom-elements.json', `${JSON.stringify(modules, null, 2)}\n`);
  const elements = modules.modules.flatMap(({ declarations }) => declarations ?? []).filter((one) => one.customElement);
  console.log(`custom-elements.json: ${elements.map(({ tagName, name }) => tagName ?? name).join(', ')}`);
}

async function zendeskApp() {
  const { buildZendeskApp, filesOf, zipped } = await import('./zendesk-app.mjs');
  const connect = process.env.CCAI_ZENDESK_CONNECT ?? '';
  await buildZendeskApp('dist/zendesk-app', { account, connect });
  const zip = await zipped('dist/zendesk-app');
  writeFileSync('dist/zendesk-app.zip', zip);
  const where = account ? `for the account ${account}` : 'for any account';
  console.log(
    `dist/zendesk-app.zip: ${filesOf('dist/zendesk-app').length} files, ${kilobytes(zip.length).trim()}, ${where}`,
  );
}

/** Asks for the account. This runs before the build, so that the question comes at once. */
async function accountOfApp() {
  const { zendeskAccount } = await import('./zendesk-app.mjs');
  const ask = async (question) => {
    const { createInterface } = await import('node:readline/promises');
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    return terminal.question(question).finally(() => terminal.close());
  };
  const given = process.env.CCAI_ZENDESK_ACCOUNT;
  return zendeskAccount({
    given,
    ask: process.stdin.isTTY && process.stdout.isTTY ? ask : undefined,
    say: console.log,
  });
}

const account = await accountOfApp();
rmSync('dist', { recursive: true, force: true });
rmSync('custom-elements.json', { force: true });
await step('modules and types', () => tool('typescript/bin/tsc', '-p', 'tsconfig.build.json'));
await step('standalone', standalone);
await step('custom elements manifest', manifest);
await step('Zendesk app', zendeskApp);
