// Finds a Chromium for the tests, or installs Debian's where that is possible.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { isMain } from './installed.mjs';

/** What a headless Chromium needs to run as root, in a container, without calling home. */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];

// Debian's Chromium without its windows: the same engine, at half the processor time or less.
const windowless = 'chromium-headless-shell';
const names = [windowless, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const usual = {
  darwin: ['Google Chrome', 'Chromium'].flatMap((name) =>
    ['', process.env.HOME ?? ''].map((home) => `${home}/Applications/${name}.app/Contents/MacOS/${name}`),
  ),
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
    .map((name) => process.env[name])
    .filter(Boolean)
    .flatMap((folder) => [`${folder}\\Google\\Chrome\\Application\\chrome.exe`, `${folder}\\Chromium\\chrome.exe`]),
};

function onPath(name) {
  const found = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name));
  return found.find((path) => existsSync(path));
}

function installedChromium() {
  const onThisPath = process.platform === 'win32' ? [] : names.map(onPath);
  return [...onThisPath, ...(usual[process.platform] ?? [])].find((path) => path && existsSync(path));
}

// apt-get needs root, or a sudo that asks for no password.
function withAptGet() {
  if (!onPath('apt-get')) return false;
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  if (sudo.length && (!onPath('sudo') || spawnSync('sudo', ['-n', 'true']).status !== 0)) return false;
  console.error(`Installing Chromium (apt-get install ${windowless}) …`);
  for (const args of [['update'], ['install', '-y', windowless]]) {
    const [command, ...rest] = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', ...args];
    try {
      execFileSync(command, rest, { stdio: ['ignore', 'ignore', 2] });
    } catch {
      // A list that cannot be refreshed may still do; what cannot be installed is seen by who looks next.
    }
  }
  return true;
}

/** The path of a Chrome or Chromium: CHROME_PATH, an installed one, or one installed now; throws where there is none. */
export function chromiumPath() {
  const named = process.env.CHROME_PATH;
  if (named && !existsSync(named)) throw new Error(`CHROME_PATH names ${named}, which does not exist`);
  const found = named || installedChromium() || (withAptGet() && installedChromium());
  if (found) return found;
  throw new Error(
    'The browser tests need Chrome or Chromium, and none was found. Install one (Debian: apt-get install chromium; ' +
      'elsewhere: https://www.google.com/chrome/), or name it in CHROME_PATH.',
  );
}

// On a machine of its own, as in CI, the quicker one is installed where another is there already.
if (isMain(import.meta.url)) {
  if (!process.env.CHROME_PATH && !onPath(windowless)) withAptGet();
  console.log(chromiumPath());
}
