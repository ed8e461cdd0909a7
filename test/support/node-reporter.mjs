// A reporter for node:test: every failure in full, and the totals of the tests themselves as JSON for run.mjs.
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { inspect } from 'node:util';
import { progress } from './run/progress.mjs';

const here = (place) => {
  const path = place?.startsWith('file:') ? place.slice(7) : place;
  return path ? relative(process.cwd(), path).replaceAll('\\', '/') : 'unknown file';
};

// tsx puts a file on one line, so only the stack has the line of a failure.
function failureText({ name, file, details }, path) {
  const { error } = details;
  const cause = error?.cause ?? error;
  const text = cause instanceof Error ? (cause.stack ?? cause.message) : inspect(cause);
  const frames = text.match(/[^\s()]+:\d+:\d+/g) ?? [];
  const place = frames.find((frame) => file && frame.includes(file)) ?? file;
  const whole = name === file ? `the file ended with exit code ${error?.exitCode ?? error?.signal}` : name;
  return `FAILED ${here(place)}\n  ${[...path, whole].join(' > ')}\n  ${text.replaceAll('\n', '\n  ')}\n\n`;
}

/** The tests of all files that have begun and not ended. */
const underWay = new Map();
const idOf = ({ file, nesting, name }) => `${file} ${nesting} ${name}`;

// run.mjs ends a run without progress.
process.once('SIGTERM', () => {
  for (const { file, name } of underWay.values()) console.log(`UNDER WAY ${here(file)}\n  ${name}`);
  process.exit(1);
});

export default async function* nodeReporter(source) {
  const totals = { passed: 0, failed: 0, skipped: 0 };
  const nesting = new Map(); // the level of each file's last result
  const names = []; // the names of the suites that enclose the current test
  for await (const { type, data } of source) {
    progress();
    if (type === 'test:dequeue') underWay.set(idOf(data), data);
    if (type === 'test:complete') underWay.delete(idOf(data));
    if (type === 'test:start') names.splice(data.nesting, Infinity, data.name);
    if (type === 'test:stderr' || type === 'test:stdout') yield data.message;
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    // The results inside a suite come first, so a result after a deeper one encloses it.
    const contains = data.details.type === 'suite' || nesting.get(data.file) > data.nesting;
    nesting.set(data.file, data.nesting);
    const path = names.slice(0, data.nesting);
    if (type === 'test:fail' && data.todo === undefined) {
      if (contains && data.details.error?.failureType === 'subtestsFailed') continue;
      totals.failed += 1;
      yield failureText(data, path);
    } else if (contains) continue;
    else if (data.skip !== undefined || data.todo !== undefined) {
      totals.skipped += 1;
      yield `SKIPPED ${here(data.file)}\n  ${[...path, data.name].join(' > ')}\n`;
    } else if (data.nesting === 0 && data.file && here(data.name) === here(data.file)) {
      // Node counts a file without a test as passed.
      totals.failed += 1;
      yield `FAILED ${here(data.file)}\n  holds no test\n\n`;
    } else totals.passed += 1;
  }
  if (process.env.TOTALS_FILE) writeFileSync(process.env.TOTALS_FILE, JSON.stringify(totals));
}
