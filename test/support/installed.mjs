// Makes every npm script work as the first command on a fresh clone. It imports nothing that must be installed.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The root of the repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

const changed = (path) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Runs `npm ci` if node_modules is missing or older than the lockfile. Throws if that fails. */
export function ensureInstalled() {
  if (changed('node_modules/.package-lock.json') >= changed('package-lock.json')) return;
  console.error('Installing what is missing (npm ci) …');
  // npm passes its own path to its scripts; otherwise npm is on the PATH.
  const cli = process.env.npm_execpath;
  // Hides warnings about versions of Node and about install scripts, which do not matter here.
  const install = ['ci', '--loglevel=error'];
  const [command, args] = cli?.endsWith('.js') ? [process.execPath, [cli, ...install]] : ['npm', install];
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32' && command === 'npm',
  });
  if (status !== 0) throw new Error(`npm ci failed (${error?.message ?? `exit code ${status}`})`);
}

/** Whether this module is the one that Node was started with. */
export const isMain = (url) => process.argv[1] !== undefined && url === pathToFileURL(process.argv[1]).href;

if (isMain(import.meta.url)) ensureInstalled();
