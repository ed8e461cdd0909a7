// Runs publint and attw on the package as npm would publish it. The package must be built.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './installed.mjs';

if (!existsSync(join(root, 'dist'))) throw new Error('dist/ is missing: npm run build makes it');

const folder = mkdtempSync(join(tmpdir(), 'ccai-package-'));
const npm = process.env.npm_execpath?.endsWith('.js') ? [process.execPath, process.env.npm_execpath] : ['npm'];
const [command, ...first] = [...npm, 'pack', '--json', '--ignore-scripts', '--pack-destination', folder];
try {
  const packed = execFileSync(command, first, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    shell: process.platform === 'win32' && command === 'npm',
  });
  const [{ filename, size, entryCount }] = JSON.parse(packed);
  console.log(`${filename}: ${entryCount} files, ${(size / 1000).toFixed(1)} kB`);
  const tarball = join(folder, filename);
  const tool = (path, ...args) =>
    spawnSync(process.execPath, [join(root, 'node_modules', path), ...args], { cwd: root, stdio: ['ignore', 1, 1] });
  const results = [
    tool('publint/src/cli.js', tarball, '--strict'),
    // The package has ES modules only, so the results for CommonJS do not count.
    tool(
      '@arethetypeswrong/cli/dist/index.js',
      tarball,
      '--profile',
      'esm-only',
      '--no-color',
      '--no-emoji',
      '--format',
      'table-flipped',
    ),
  ];
  if (results.some(({ status }) => status !== 0)) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
