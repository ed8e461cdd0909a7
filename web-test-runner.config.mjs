import { chromeLauncher, defaultReporter } from '@web/test-runner';
import { a11ySnapshotPlugin } from '@web/test-runner-commands/plugins';
import { chromiumArgs, chromiumPath } from './test/support/chromium.mjs';
import { progress } from './test/support/run/progress.mjs';
import { serving } from './test/support/serving.mjs';
import { totalsReporter } from './test/support/totals-reporter.mjs';

const { plugins, ...served } = serving();

/** What tests read of the environment (test/support/counts.ts). */
const { TEST_COUNTS, SEED } = process.env;

const progressPlugin = {
  name: 'progress',
  serve({ path }) {
    if (path !== '/test-progress') return undefined;
    progress();
    return { body: '', type: 'text' };
  },
};

/** The command `forced-colours` with `active` or `none`: `emulateMedia` of the test runner does not know them. */
const forcedColoursPlugin = {
  name: 'forced-colours',
  async executeCommand({ command, payload, session }) {
    if (command !== 'forced-colours') return undefined;
    const client = await session.browser.getPage(session.id).createCDPSession();
    await client.send('Emulation.setEmulatedMedia', {
      features: [{ name: 'forced-colors', value: payload }],
    });
    return true;
  },
};

export default {
  ...served,
  // The other commands (viewport, media, keys, mouse) are there without being asked for.
  plugins: [...plugins, a11ySnapshotPlugin(), forcedColoursPlugin, progressPlugin],
  browsers: [
    chromeLauncher({
      launchOptions: { executablePath: chromiumPath(), args: [...chromiumArgs, '--js-flags=--expose-gc'] },
    }),
  ],
  concurrency: 2,
  staticLogging: !process.stdout.isTTY,
  // A test that says nothing for a minute hangs; a file may take as long as it takes.
  testFramework: { config: { timeout: 60_000 } },
  testsFinishTimeout: 2 ** 31 - 1,
  browserStartTimeout: 60_000,
  testsStartTimeout: 60_000,
  // A page without a language is a finding. Each test that has ended is progress.
  testRunnerHtml: (framework) => `<!doctype html>
<html lang="en">
  <head><title>Test</title></head>
  <body>
    <script>
      globalThis.testEnvironment = ${JSON.stringify({ TEST_COUNTS, SEED })};
    </script>
    <script type="module" src="${framework}"></script>
    <script>
      const begun = setInterval(() => {
        if (!globalThis.afterEach) return;
        clearInterval(begun);
        afterEach(() => void navigator.sendBeacon('/test-progress'));
      });
    </script>
  </body>
</html>`,
  reporters: [
    defaultReporter({ reportTestProgress: process.stdout.isTTY === true }),
    totalsReporter({ file: process.env.TOTALS_FILE }),
  ],
};
