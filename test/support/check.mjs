// npm run check: all static checks. Arguments choose parts by name. --package also builds and checks the package.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, root } from './installed.mjs';

const args = process.argv.slice(2);
const wanted = args.filter((arg) => !arg.startsWith('--'));
const modules = (path) => join('node_modules', path);
const files = 'test/support/check-files.mjs';
const folders = ['src', 'test', 'stories', 'demo', 'bench'].filter((folder) => existsSync(join(root, folder)));

const parts = {
  lint: [modules('eslint/bin/eslint.js'), '.', '--max-warnings=0'],
  types: [modules('typescript/bin/tsc'), '-p', '.'],
  // tsc reports some errors only when it writes declarations.
  declarations: [modules('typescript/bin/tsc'), '-p', 'tsconfig.build.json', '--noEmit'],
  format: [modules('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.'],
  imports: [modules('dependency-cruiser/bin/dependency-cruise.mjs'), '--config', '.dependency-cruiser.cjs', ...folders],
  keys: ['test/support/check-keys.mjs'],
  sizes: [files, 'sizes'],
  paths: [files, 'paths'],
  dependencies: [files, 'dependencies'],
  'zendesk-app': ['test/support/check-zendesk-app.mjs'],
  package: ['test/support/check-package.mjs'],
};

/** Runs a part, and prints its output when it has ended. */
function run(name) {
  const started = performance.now();
  const child = spawn(process.execPath, parts[name], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((resolve) => {
    child.on('close', (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      const [first, last] = [0, -1].map((at) => output.trim().split('\n').at(at));
      const quiet = code !== 0 ? output.trim() : name === 'package' ? first : last;
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name}, ${seconds} s${quiet ? `: ${quiet}` : ''}`);
      resolve(code === 0 ? undefined : name);
    });
  });
}

ensureInstalled();
if (args.includes('--package')) {
  const { status } = spawnSync(process.execPath, ['test/support/build.mjs'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}
const unknown = wanted.filter((name) => !(name in parts));
if (unknown.length) throw new Error(`No part is called ${unknown.join(', ')}: ${Object.keys(parts).join(', ')}`);
const built = existsSync(join(root, 'dist'));
const queue = Object.keys(parts).filter((name) =>
  wanted.length ? wanted.includes(name) : name !== 'package' || built,
);
if (!wanted.length && !built) console.log('not run package: dist/ is missing (npm run check -- --package builds it)');

// Two parts at once, since each part uses about one processor.
const failed = [];
async function worker() {
  for (let name = queue.shift(); name; name = queue.shift()) failed.push(await run(name));
}
await Promise.all([worker(), worker()]);
const names = failed.filter(Boolean);
console.log(names.length ? `check failed: ${names.join(', ')}` : 'check passed');
process.exitCode = names.length ? 1 : 0;
