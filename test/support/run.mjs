// npm test: the tests of Node, then those of the browser, and the totals of both on the last line.
// Arguments are parts of paths that choose files; --long runs the large counts.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled, root } from './installed.mjs';

const args = process.argv.slice(2);
const long = args.includes('--long');
const wanted = args.filter((arg) => !arg.startsWith('--')).map((arg) => arg.replace(/^\.\//, ''));
const minute = 60_000;
const cursor = /\u001b\[(?:2K|1A|G)/g;

const nodeFolders = [
  'domain',
  'machine',
  'desktop',
  'memory',
  'simulator',
  'records',
  'outbox',
  'zendesk',
  'sip',
  'tools',
];
const browserFolders = ['element', 'package', 'storage'];

// What takes long begins first, so that nothing is left to wait for alone.
const longest = ['zendesk/crashes', 'desktop/outbound-model', 'sip/contract', 'zendesk/calls', 'desktop/shift', 'sip/'];
const place = (file) => (longest.findIndex((part) => file.includes(part)) + longest.length + 1) % (longest.length + 1);
const longFirst = (files) => [...files].sort((one, other) => place(one) - place(other));

// Node 20 has no globs.
function testFiles(folders) {
  return folders
    .filter((folder) => existsSync(join(root, 'test', folder)))
    .flatMap((folder) =>
      readdirSync(join(root, 'test', folder), { recursive: true }).map((file) => `test/${folder}/${file}`),
    )
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.test.ts') && !file.includes('/node_modules/'))
    .filter((file) => !wanted.length || wanted.some((part) => file.includes(part)))
    .sort();
}

/** Runs one stage; whatever ends it, a crash too, its totals say so. */
async function stage(name, files, nodeArgs) {
  if (!files.length) {
    console.log(`${name}: no files`);
    return { passed: 0, failed: 0, skipped: 0 };
  }
  const folder = mkdtempSync(join(tmpdir(), 'ccai-test-'));
  const started = performance.now();
  const env = { ...process.env, TOTALS_FILE: join(folder, 'totals.json'), ...(long && { TEST_LONG: '1' }) };
  const terminal = process.stdout.isTTY;
  const stdio = ['ignore', terminal ? 'inherit' : 'pipe', 'inherit'];
  const child = spawn(process.execPath, nodeArgs, { cwd: root, env, stdio });
  // The browser runner moves the cursor even where there is none.
  child.stdout?.setEncoding('utf8').on('data', (text) => process.stdout.write(text.replaceAll(cursor, '')));
  const limit = setTimeout(() => child.kill('SIGKILL'), (long ? 120 : 15) * minute);
  const code = await new Promise((resolve) => {
    child.on('error', resolve);
    child.on('close', (status, signal) => resolve(status ?? signal));
  });
  clearTimeout(limit);
  let totals = { passed: 0, failed: 0, skipped: 0 };
  try {
    totals = JSON.parse(readFileSync(env.TOTALS_FILE, 'utf8'));
  } catch {
    console.log(`FAILED ${name}: the runner ended without totals`);
    totals.failed = 1;
  }
  rmSync(folder, { recursive: true, force: true });
  if (code !== 0 && totals.failed === 0) {
    console.log(`FAILED ${name}: the runner ended with ${code}`);
    totals.failed = 1;
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${name}: ${files.length} files, ${totals.passed} passed, ${totals.failed} failed, ${seconds} s`);
  return totals;
}

async function main() {
  ensureInstalled();
  const files = testFiles(nodeFolders);
  // These take every core for themselves: beside them a browser would wait for its turn, and the test for the browser.
  const takesAll = (file) => /outbox\/(simulation|crash|interleav)|tools\/planted/.test(file);
  const inNode = longFirst(files.filter((file) => !takesAll(file)));
  const alone = files.filter(takesAll);
  const inBrowser = testFiles(browserFolders);
  const nodeArgs = (concurrency) => [
    ...['--import', 'tsx', '--test', `--test-concurrency=${concurrency}`],
    `--test-timeout=${(long ? 60 : 5) * minute}`,
    ...['--test-reporter=./test/support/node-reporter.mjs', '--test-reporter-destination=stdout'],
  ];
  const node = await stage('Node', inNode, [...nodeArgs(3), ...inNode]);
  const simulated = await stage('Simulation', alone, [...nodeArgs(1), ...alone]);
  const browser = await stage('Browser', inBrowser, [
    'node_modules/@web/test-runner/dist/bin.js',
    ...['--config', 'web-test-runner.config.mjs', '--files', ...inBrowser],
  ]);
  return [node, simulated, browser];
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
