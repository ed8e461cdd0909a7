// npm test: sets up the machine, runs the tests of Node, then those of the browser, and prints the totals of both.
// Arguments are parts of paths that choose files. --all: installs everything that can be installed, uses the large counts,
// and counts a skipped test as failed. --long: the same with the counts of a night.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled, root } from './installed.mjs';
import { isForBrowser } from './run/imports.mjs';
import { neededBy, setUp } from './run/needs.mjs';
import { watchProgress } from './run/progress.mjs';

const args = process.argv.slice(2);
const long = args.includes('--long');
const all = long || args.includes('--all');
const wanted = args.filter((arg) => !arg.startsWith('--')).map((arg) => arg.replace(/^\.\//, ''));
/** Milliseconds without progress after which a run counts as hanging. */
const silence = 60_000;
const cursor = /\u001b\[(?:2K|1A|G)/g;

// Slow files begin first, so that none of them runs alone at the end.
const longest = ['zendesk/crashes', 'desktop/outbound-model', 'sip/contract', 'zendesk/calls', 'desktop/shift', 'sip/'];
const place = (file) => (longest.findIndex((part) => file.includes(part)) + longest.length + 1) % (longest.length + 1);
const longFirst = (files) => [...files].sort((one, other) => place(one) - place(other));

// Node 20 has no globs.
const testFiles = readdirSync(join(root, 'test'), { recursive: true })
  .map((file) => `test/${file.replaceAll('\\', '/')}`)
  .filter((file) => file.endsWith('.test.ts'))
  .filter((file) => !wanted.length || wanted.some((part) => file.includes(part)))
  .sort();
/** Runs one stage. The totals also report a crash or another end. */
async function stage(name, files, nodeArgs) {
  if (!files.length) {
    console.log(`${name}: no files`);
    return { passed: 0, failed: 0, skipped: 0 };
  }
  const folder = mkdtempSync(join(tmpdir(), 'ccai-test-'));
  const started = performance.now();
  const env = {
    ...process.env,
    TOTALS_FILE: join(folder, 'totals.json'),
    PROGRESS_FILE: join(folder, 'progress'),
    TEST_COUNTS: process.env.TEST_COUNTS ?? (long ? 'long' : all ? 'all' : 'tenth'),
  };
  const terminal = process.stdout.isTTY;
  const stdio = ['ignore', terminal ? 'inherit' : 'pipe', 'inherit'];
  const child = spawn(process.execPath, nodeArgs, { cwd: root, env, stdio });
  // The browser runner moves the cursor even without a terminal.
  child.stdout?.setEncoding('utf8').on('data', (text) => process.stdout.write(text.replaceAll(cursor, '')));
  let isSilent = false;
  const endWatch = watchProgress(env.PROGRESS_FILE, silence, () => {
    isSilent = true;
    // On this signal the runner prints the tests for which it waits. Without an answer it is killed.
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), 5000).unref();
  });
  const code = await new Promise((resolve) => {
    child.on('error', resolve);
    child.on('close', (status, signal) => resolve(status ?? signal));
  });
  endWatch();
  let totals = { passed: 0, failed: 0, skipped: 0 };
  try {
    totals = JSON.parse(readFileSync(env.TOTALS_FILE, 'utf8'));
  } catch {
    console.log(`FAILED ${name}: the runner ended without totals`);
    totals.failed += 1;
  }
  rmSync(folder, { recursive: true, force: true });
  if (isSilent) {
    console.log(`FAILED ${name}: no test made any progress for ${silence / 1000} s`);
    totals.failed += 1;
  } else if (code !== 0 && totals.failed === 0) {
    console.log(`FAILED ${name}: the runner ended with ${code}`);
    totals.failed = 1;
  }
  // With --all a skipped test has failed.
  if (all && totals.skipped > 0) {
    console.log(`FAILED ${name}: ${totals.skipped} tests were skipped`);
    totals.failed += totals.skipped;
    totals.skipped = 0;
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${name}: ${files.length} files, ${totals.passed} passed, ${totals.failed} failed, ${seconds} s`);
  return totals;
}

/** The names of a file's tests that are string literals. */
const namesOf = (file) =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/\b(?:it|test)\(\s*(['"`])(.+?)\1/g)].map(([, , name]) => name);

/** Installs the programs that the files need, prints the missing ones with the skipped tests, and returns the number. */
function skippedOf(files) {
  const missing = setUp([...new Set(files.flatMap(neededBy))]);
  for (const { name, why, byHand } of missing) console.log(`MISSING ${name}: ${why}\n  Install it by: ${byHand}`);
  const without = files.map((file) => [
    file,
    neededBy(file).filter((need) => missing.some(({ name }) => name === need)),
  ]);
  const skipped = new Map(without.filter(([, needed]) => needed.length));
  let count = 0;
  for (const [file, needed] of skipped) {
    const names = namesOf(file);
    // The cases of a contract suite have no names in the file.
    count += Math.max(1, names.length);
    console.log(`SKIPPED ${file}, which needs ${needed.join(' and ')}`);
    for (const name of names) console.log(`  ${name}`);
  }
  return { count, isSkipped: (file) => skipped.has(file) };
}

async function main() {
  ensureInstalled();
  const { count, isSkipped } = skippedOf(testFiles);
  const files = testFiles.filter((file) => !isSkipped(file));
  const inBrowser = files.filter(isForBrowser);
  // These files use every core. Beside them a browser would be starved, and its tests would time out.
  const takesAll = (file) => /outbox\/(simulation|crash|interleav)|tools\/planted/.test(file);
  const inNode = longFirst(files.filter((file) => !takesAll(file) && !inBrowser.includes(file)));
  const alone = files.filter(takesAll);
  const nodeArgs = (concurrency) => [
    ...['--import', 'tsx', '--test', `--test-concurrency=${concurrency}`],
    ...['--test-reporter=./test/support/node-reporter.mjs', '--test-reporter-destination=stdout'],
  ];
  const node = await stage('Node', inNode, [...nodeArgs(3), ...inNode]);
  const simulated = await stage('Simulation', alone, [...nodeArgs(1), ...alone]);
  const browser = await stage('Browser', inBrowser, [
    'node_modules/@web/test-runner/dist/bin.js',
    ...['--config', 'web-test-runner.config.mjs', '--files', ...inBrowser],
  ]);
  const lacking = all ? { passed: 0, failed: count, skipped: 0 } : { passed: 0, failed: 0, skipped: count };
  return [node, simulated, browser, lacking];
}

let totals = [];
try {
  totals = await main();
} catch (error) {
  console.log(`FAILED ${error.stack}`);
  totals = [{ passed: 0, failed: 1, skipped: 0 }];
}
const sum = (key) => totals.reduce((total, one) => total + one[key], 0);
const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')];
if (passed + failed === 0) console.log('No test ran.');
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
