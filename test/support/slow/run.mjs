// npm run test:slow: runs the tests on simulated time while real work (import(), WebCrypto) is delayed. No test may depend
// on the machine's speed. It also fails if a file of tests did no work that could be delayed.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ensureInstalled, root } from '../installed.mjs';
import { reaches } from '../run/imports.mjs';

const modes = [
  { title: 'imports at once', SLOW_IMPORTS: 0, SLOW_CRYPTO: 0 },
  { title: 'imports after 20 ms', SLOW_IMPORTS: 20, SLOW_CRYPTO: 0 },
  { title: 'imports after 200 ms', SLOW_IMPORTS: 200, SLOW_CRYPTO: 0 },
  { title: 'WebCrypto after 0–50 ms', SLOW_IMPORTS: 0, SLOW_CRYPTO: 50 },
];
/** The test supports that hold simulated time during real work. */
const supports = ['sealed-storage.ts', 'keeper-desk.ts', 'outbound-walk.ts', 'simulation/simulate.ts'];

const wanted = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
const suites = readdirSync(join(root, 'test'), { recursive: true })
  .map((file) => `test/${file.replaceAll('\\', '/')}`)
  .filter((file) => file.endsWith('.test.ts') && supports.some((one) => reaches(file, `test/support/${one}`)))
  // Crash and order tests repeat the simulation.
  .filter((file) => !/outbox\/(crash|interleav)/.test(file))
  .filter((file) => !wanted.length || wanted.some((part) => file.includes(part)));

/** Runs all suites in one mode. Returns the totals, and the number of delayed operations of each suite. */
async function run({ title: _, ...delays }) {
  const folder = mkdtempSync(join(tmpdir(), 'ccai-slow-'));
  const counts = join(folder, 'counts');
  const env = {
    ...process.env,
    TOTALS_FILE: join(folder, 'totals.json'),
    SLOW_COUNTS: counts,
    TEST_COUNTS: 'hundredth',
  };
  for (const [name, milliseconds] of Object.entries(delays)) env[name] = String(milliseconds);
  // The workers of a test are delayed too.
  env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --import=${join(root, 'test/support/slow/slow-work.mjs')}`;
  const args = [
    '--import',
    'tsx',
    '--test',
    '--test-concurrency=8',
    '--test-reporter=./test/support/node-reporter.mjs',
  ];
  const child = spawn(process.execPath, [...args, ...suites], {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  const totals = JSON.parse(readFileSync(env.TOTALS_FILE, 'utf8'));
  if (code !== 0 && totals.failed === 0) totals.failed = 1;
  const counted = readdirSync(counts).map((file) => JSON.parse(readFileSync(join(counts, file), 'utf8')));
  rmSync(folder, { recursive: true, force: true });
  return { ...totals, counted };
}

ensureInstalled();
const delayed = new Map(suites.map((file) => [file, 0]));
let [passed, failed] = [0, 0];
const table = [];
for (const mode of modes) {
  const started = performance.now();
  const ran = await run(mode);
  const sum = (key) => ran.counted.reduce((total, one) => total + one[key], 0);
  for (const { suite, imports, sealed } of ran.counted) {
    const file = relative(root, suite ?? '').replaceAll('\\', '/');
    if (delayed.has(file)) delayed.set(file, delayed.get(file) + imports + sealed);
  }
  const seconds = Math.round((performance.now() - started) / 1000);
  table.push([
    mode.title,
    `${ran.passed} passed`,
    `${ran.failed} failed`,
    `${sum('imports')} imports`,
    `${sum('sealed')} sealed`,
    `${seconds} s`,
  ]);
  passed += ran.passed;
  failed += ran.failed;
}
for (const row of table) console.log(row.map((cell, at) => cell.padEnd(at ? 14 : 26)).join(''));
for (const [file, count] of delayed)
  if (count === 0) {
    console.log(`FAILED ${file}\n  did nothing that could be delayed`);
    failed += 1;
  }
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
console.log(`${suites.length} files: ${passed} passed, ${failed} failed`);
