// Chromium as the tests start it.
import { find } from './run/needs.mjs';

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

/** The path of a Chrome or Chromium: CHROME_PATH, or an installed one; throws where there is none. */
export const chromiumPath = () => find('Chromium');
