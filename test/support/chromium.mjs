// The Chromium of the tests.
import { find } from './run/needs.mjs';

/** Arguments for a headless Chromium as root, in a container, without network requests of its own. */
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

/** The path of an installed Chrome or Chromium, or CHROME_PATH. Throws if there is none. */
export const chromiumPath = () => find('Chromium');
