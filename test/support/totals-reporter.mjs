// A reporter for @web/test-runner: repeats every failure at the end, and writes the totals as JSON for run.mjs.
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { progress } from './run/progress.mjs';

/** Every test of a suite and its inner suites, with full names. */
function* tests(suite, path = []) {
  for (const test of suite?.tests ?? []) yield { ...test, name: [...path, test.name].join(' > ') };
  for (const inner of suite?.suites ?? []) yield* tests(inner, [...path, inner.name]);
}

/** The first place of the stack in the test file, else in any file of ours. */
function place(error, file) {
  const places = (error?.stack ?? '').match(/[^\s()]+\.ts:\d+(:\d+)?/g) ?? [];
  return places.find((at) => at.includes(file)) ?? places.find((at) => !at.includes('node_modules')) ?? file;
}

/** The result of one file: its counts, and a text for each failure. */
export function summary(session) {
  const file = relative(process.cwd(), session.testFile).replaceAll('\\', '/');
  const all = [...tests(session.testResults)];
  const failures = all
    .filter((test) => !test.passed && !test.skipped)
    .map(({ name, error }) => `${place(error, file)}\n  ${name}\n  ${error?.message ?? 'failed without a message'}`);
  const skipped = all.filter((test) => test.skipped).length;
  const passed = all.length - skipped - failures.length;
  // A file that did not load, a hook that threw and a page that crashed are failures without a test.
  const errors = session.errors.map((error) => `${place(error, file)}\n  ${error.message}`);
  if (!errors.length && !session.passed && !failures.length) errors.push(`${file}\n  did not finish`);
  if (!errors.length && !all.length) errors.push(`${file}\n  holds no test`);
  return { file, passed, skipped, failures: [...failures, ...errors] };
}

export function totalsReporter({ file } = {}) {
  return {
    onTestRunStarted: progress,
    onTestRunFinished({ sessions }) {
      const files = sessions.map(summary);
      const failures = files.flatMap((one) => one.failures);
      const sum = (key) => files.reduce((total, one) => total + one[key], 0);
      for (const failure of failures) console.log(`FAILED ${failure}\n`);
      const totals = { passed: sum('passed'), failed: failures.length, skipped: sum('skipped') };
      if (file) writeFileSync(file, JSON.stringify(totals));
      else console.log(`${totals.passed} passed, ${totals.failed} failed`);
    },
  };
}
