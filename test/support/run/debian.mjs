// Installs Debian's packages, one after the other.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The path of a command; undefined if it is missing. */
export function onPath(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

// apt-get needs root, or a sudo without a password.
function asRoot() {
  if (!onPath('apt-get')) return undefined;
  if (process.getuid?.() === 0) return [];
  return onPath('sudo') && spawnSync('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n'] : undefined;
}

let refreshed = false;

/** Installs packages. Returns apt-get's error, or undefined. */
export function installPackages(packages) {
  const sudo = asRoot();
  if (!sudo) return 'apt-get, as root or by a sudo that asks for no password, is not there';
  const apt = (...args) => {
    // Waits for another apt-get, such as the automatic one on a new machine.
    const options = ['-qq', '-o', 'DPkg::Lock::Timeout=600'];
    const [command, ...rest] = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...options, ...args];
    return spawnSync(command, rest, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  };
  // An outdated list of packages may still be sufficient.
  if (!refreshed) apt('update');
  refreshed = true;
  const { status, stderr } = apt('install', '-y', '--no-install-recommends', ...packages);
  return status === 0 ? undefined : stderr.trim() || `apt-get ended with ${status}`;
}
