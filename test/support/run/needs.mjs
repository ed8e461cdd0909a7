// Finds and installs the programs that tests need beside Node and npm's packages. Tests themselves never install them.
import { existsSync, readdirSync } from 'node:fs';
import { installPackages, onPath } from './debian.mjs';
import { isForBrowser, reaches } from './imports.mjs';

// Debian's Chromium without windows: the same engine, with at most half of the processor time.
const windowless = 'chromium-headless-shell';
const chromiums = [windowless, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const usual = {
  darwin: ['Google Chrome', 'Chromium'].flatMap((name) =>
    ['', process.env.HOME ?? ''].map((home) => `${home}/Applications/${name}.app/Contents/MacOS/${name}`),
  ),
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
    .map((name) => process.env[name])
    .filter(Boolean)
    .flatMap((folder) => [`${folder}\\Google\\Chrome\\Application\\chrome.exe`, `${folder}\\Chromium\\chrome.exe`]),
};

function findChromium() {
  const named = process.env.CHROME_PATH;
  if (named && !existsSync(named)) throw new Error(`CHROME_PATH names ${named}, which does not exist`);
  const onThisPath = process.platform === 'win32' ? [] : chromiums.map(onPath);
  return named || [...onThisPath, ...(usual[process.platform] ?? [])].find((path) => path && existsSync(path));
}

const libraries = ['/usr/lib', '/usr/lib64', '/usr/local/lib', '/usr/local/lib64'];

/** The path of kamailio, if its WebSocket module, a package of its own, is there too. */
function findKamailio() {
  const folders = libraries.flatMap((library) => {
    const below = existsSync(library) ? readdirSync(library).filter((name) => name.endsWith('-gnu')) : [];
    return [library, ...below.map((name) => `${library}/${name}`)];
  });
  const hasModule = folders.some((folder) => existsSync(`${folder}/kamailio/modules/websocket.so`));
  return hasModule ? onPath('kamailio') : undefined;
}

/** For each program: how to find it, Debian's packages, advice for a person, and which tests need it. */
const needs = {
  Chromium: {
    find: findChromium,
    packages: [windowless],
    byHand:
      'apt-get install chromium; elsewhere install Chrome from https://www.google.com/chrome/, or name a Chrome or Chromium in CHROME_PATH',
    isFor: (file) => isForBrowser(file) || reaches(file, 'test/support/chromium.mjs'),
  },
  kamailio: {
    find: findKamailio,
    packages: ['kamailio', 'kamailio-websocket-modules'],
    byHand: 'apt-get install kamailio kamailio-websocket-modules',
    isFor: (file) => reaches(file, 'test/support/sip/kamailio.mjs'),
  },
};

/** TEST_WITHOUT=kamailio simulates a machine on which kamailio cannot be installed. */
const isThere = (name) => process.env.TEST_WITHOUT !== name;
const look = (name) => (isThere(name) ? needs[name].find() : undefined);

/** The path of a program. Throws if the program is missing. */
export function find(name) {
  const path = look(name);
  if (path) return path;
  throw new Error(`${name} is needed and was not found. Install it by: ${needs[name].byHand}`);
}

/** Installs the missing programs. Returns the programs that are still missing: [{ name, why, byHand }]. */
export function setUp(names) {
  return names.flatMap((name) => {
    const { packages, byHand } = needs[name];
    if (look(name)) return [];
    if (!isThere(name)) return [{ name, why: 'TEST_WITHOUT names it', byHand }];
    console.log(`Installing ${name} (apt-get install ${packages.join(' ')}) …`);
    const why = installPackages(packages);
    return look(name) ? [] : [{ name, why: why ?? 'it was installed and cannot be found', byHand }];
  });
}

/** Installs the missing programs. Throws if that fails. */
export function setUpOrThrow(...names) {
  const [missing] = setUp(names);
  if (missing) throw new Error(`${missing.name} could not be installed (${missing.why}). By hand: ${missing.byHand}`);
}

/** The names of the programs that a test file needs. */
export const neededBy = (file) => Object.keys(needs).filter((name) => needs[name].isFor(file));
