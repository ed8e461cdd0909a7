import { chromeLauncher, defaultReporter } from '@web/test-runner';
import { a11ySnapshotPlugin } from '@web/test-runner-commands/plugins';
import { chromiumArgs, chromiumPath } from './test/support/chromium.mjs';
import { serving } from './test/support/serving.mjs';
import { totalsReporter } from './test/support/totals-reporter.mjs';

const { plugins, ...served } = serving();
const long = process.env.TEST_LONG === '1';

export default {
  ...served,
  files: ['test/{element,package,storage}/**/*.test.ts'],
  // The other commands (viewport, media, keys, mouse) are there without being asked for.
  plugins: [...plugins, a11ySnapshotPlugin()],
  browsers: [chromeLauncher({ launchOptions: { executablePath: chromiumPath(), args: chromiumArgs } })],
  concurrency: 2,
  staticLogging: !process.stdout.isTTY,
  testFramework: { config: { timeout: long ? 600_000 : 20_000 } },
  testsFinishTimeout: long ? 3_600_000 : 180_000,
  // Tests read globalThis.TEST_LONG where Node's read process.env.TEST_LONG; a page without a language is a finding.
  testRunnerHtml: (framework) => `<!doctype html>
<html lang="en">
  <head><title>Test</title><script>globalThis.TEST_LONG = ${long};</script></head>
  <body><script type="module" src="${framework}"></script></body>
</html>`,
  reporters: [
    defaultReporter({ reportTestProgress: process.stdout.isTTY === true }),
    totalsReporter({ file: process.env.TOTALS_FILE }),
  ],
};
