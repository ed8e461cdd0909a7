import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';
import { progress } from './run/progress.mjs';

export const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(root, 'test', 'planted');
const atOnce = 2;
const longest = 60_000;

/** Lines of src/ and their replacement. The lines are found by their text, in any file. */
export interface Change {
  from: readonly string[];
  to: readonly string[];
}

/** A deliberate bug: changes of src/, and the tests that must find the bug. */
export interface PlantedBug {
  name: string;
  /** The behaviour that the bug breaks, with the requirement's id. */
  breaks: string;
  /** Paths of test files. */
  tests: readonly string[];
  /** A pattern for the names of tests. Only these are run, and at least one must fail. */
  named: string;
  changes: readonly Change[];
}

/**
 * The bugs of test/planted. Each file begins with `breaks:`, `tests:` and `named:` lines. After an empty line come its
 * changes, as in a diff (` ` stays, `-` goes, `+` comes), with a line `@@` between two changes.
 */
export function plantedBugs(): readonly PlantedBug[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.patch'))
    .sort()
    .map((name) => {
      const [head = '', ...rest] = readFileSync(join(folder, name), 'utf8').trimEnd().split('\n\n');
      const line = (key: string): string => {
        const found = new RegExp(`^${key}: (.+)$`, 'm').exec(head)?.[1];
        if (!found) throw new Error(`${name} has no line “${key}: …”`);
        return found;
      };
      const changes = rest.join('\n\n').split('\n@@\n').map(changeOf);
      return { name, breaks: line('breaks'), tests: line('tests').split(' '), named: line('named'), changes };
    });
}

function changeOf(text: string): Change {
  const lines = text.split('\n');
  const without = (sign: string) => lines.filter((one) => !one.startsWith(sign)).map((one) => one.slice(1));
  return { from: without('+'), to: without('-') };
}

/** One bug in `oneIn`, and other ones for each commit. */
export function partOf(bugs: readonly PlantedBug[], oneIn: number): readonly PlantedBug[] {
  let turn: number;
  try {
    turn = Number(execFileSync('git', ['rev-list', '--count', 'HEAD'], { cwd: root, encoding: 'utf8' }));
  } catch {
    // Without a repository, the day chooses.
    turn = Math.floor(Date.now() / 86_400_000);
  }
  return bugs.filter((_bug, at) => at % oneIn === turn % oneIn);
}

/** Plants bugs in two copies of the tree, one bug after the other. */
export class PlantedBugs {
  readonly #free: Copy[] = [];
  readonly #waiting: ((ground: Copy) => void)[] = [];
  #made = 0;

  /**
   * The names of the tests that pass without the bug and fail with it. Empty: no test finds the bug. Rejects if nothing
   * is proved: the bug's lines are not found, their replacement has a syntax error, or the tests are missing, do not
   * load, or fail without the bug too.
   */
  async killersOf(bug: PlantedBug): Promise<readonly string[]> {
    const ground = await this.#take();
    try {
      progress();
      let without = await ground.run(bug);
      // On a busy machine a test may be late. Then it passes in a second run.
      if (without.failed.length > 0) without = await ground.run(bug);
      if (without.failed.length > 0) throw new Error(`These fail without the bug too: ${without.failed.join('; ')}`);
      mustHaveRun(without, 'Without the bug');
      ground.plant(bug.changes);
      const withIt = await ground.run(bug);
      mustHaveRun(withIt, 'With the bug');
      return withIt.failed;
    } finally {
      ground.restore();
      this.#giveBack(ground);
    }
  }

  clear(): void {
    for (const ground of this.#free.splice(0)) ground.remove();
  }

  async #take(): Promise<Copy> {
    const free = this.#free.pop();
    if (free) return free;
    if (this.#made++ < atOnce) return new Copy(root);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #giveBack(ground: Copy): void {
    const next = this.#waiting.shift();
    if (next) next(ground);
    else this.#free.push(ground);
  }
}

/** Throws if the tests did not run completely: a file that does not load, or that ends in the middle, proves nothing. */
function mustHaveRun({ passed, failed, brokeOff, lastErrors }: Ran, when: string): void {
  if (brokeOff) throw new Error(`${when} the run broke off: ${lastErrors}`);
  if (passed.length + failed.length === 0) throw new Error(`${when} no test of that name has run: ${lastErrors}`);
}

/** The results of the tests. */
interface Ran {
  passed: readonly string[];
  /** Tests that failed by their own checks, and not because the run was ended. */
  failed: readonly string[];
  /** Whether the run was ended from outside, or a file of tests ended in the middle. */
  brokeOff: boolean;
  /** The last errors in the output. */
  lastErrors: string;
}

/** A copy of the tree for one bug at a time. */
class Copy {
  readonly #folder: string;
  /** The original texts of the files that the bug has changed. */
  #before = new Map<string, string>();

  constructor(root: string) {
    this.#folder = mkdtempSync(join(tmpdir(), 'ccai-planted-'));
    const isWanted = (path: string) => !/[/\\](node_modules|planted)([/\\]|$)/.test(path.slice(root.length));
    for (const part of ['src', 'test', 'package.json', 'tsconfig.json'])
      cpSync(join(root, part), join(this.#folder, part), { recursive: true, filter: isWanted });
    symlinkSync(join(root, 'node_modules'), join(this.#folder, 'node_modules'));
  }

  /** Throws if the lines are not in src/ exactly once, or if their replacement has a syntax error. */
  plant(changes: readonly Change[]): void {
    for (const change of changes) {
      const { path, text } = changedIn(join(this.#folder, 'src'), change);
      if (!this.#before.has(path)) this.#before.set(path, readFileSync(path, 'utf8'));
      writeFileSync(path, text);
    }
    for (const path of this.#before.keys()) transformSync(readFileSync(path, 'utf8'), { loader: 'ts' });
  }

  restore(): void {
    for (const [path, text] of this.#before) writeFileSync(path, text);
    this.#before = new Map();
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Runs the tests of these files whose names match. */
  async run({ tests, named }: { tests: readonly string[]; named: string }): Promise<Ran> {
    const flags = ['--test-timeout=30000', '--test-reporter=tap', `--test-name-pattern=${named}`];
    // The outer test runner's variable must not reach the tests of the copy.
    const { NODE_TEST_CONTEXT: _c, ...env } = process.env;
    const child = spawn(process.execPath, ['--import', 'tsx', '--test', ...flags, ...tests], {
      cwd: this.#folder,
      env: { ...env, SEEDS: '60' },
      stdio: ['ignore', 'pipe', 'pipe'],
      // The test runner and the processes of its files are one group, which can be ended together.
      detached: true,
    });
    const timer = setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), longest);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (part: string) => (output += part));
    const signal = await new Promise<string | null>((resolve) => child.once('close', (_code, by) => resolve(by)));
    clearTimeout(timer);
    return resultsIn(output, new RegExp(named), signal !== null);
  }
}

/** The file of `src` that has the lines, and its changed text. Throws if the lines are not there exactly once. */
export function changedIn(src: string, { from, to }: Change): { path: string; text: string } {
  const found = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const path = join(src, file);
      const lines = readFileSync(path, 'utf8').split('\n');
      return placesOf(from, lines).map((at) => ({ path, text: lines.toSpliced(at, from.length, ...to).join('\n') }));
    });
  if (found.length !== 1) throw new Error(`These lines are ${found.length} times in src: ${from.join('\n')}`);
  return found[0]!;
}

/** The indexes at which the wanted lines begin, with any indentation. */
function placesOf(wanted: readonly string[], lines: readonly string[]): readonly number[] {
  const isAt = (at: number) => wanted.every((one, n) => lines[at + n]?.trim() === one.trim());
  return lines.flatMap((_line, at) => (isAt(at) ? [at] : []));
}

/** The result of a test in the output, and its details if it failed. */
const line = /^ *(not )?ok \d+ - (.*?)( # [A-Z]+.*)?\n(?: +---\n([\s\S]*?)\n +\.\.\.$)?/gm;

function resultsIn(output: string, named: RegExp, wasEnded: boolean): Ran {
  const [passed, failed]: [string[], string[]] = [[], []];
  let brokeOff = wasEnded;
  for (const [, not, name = '', directive, details = ''] of output.matchAll(line)) {
    if (directive || !named.test(name)) continue;
    if (details.includes("type: 'suite'") || name.endsWith('.test.ts')) continue;
    if (!not) passed.push(name);
    else if (/failureType: '(testCodeFailure|testTimeoutFailure|uncaughtException)'/.test(details)) failed.push(name);
    else brokeOff = true;
  }
  const errors = output.match(/^# .*Error.*$|^ +error: .*$/gm) ?? [];
  return {
    passed,
    failed,
    brokeOff: brokeOff && failed.length === 0,
    lastErrors: errors.slice(0, 3).join(' ') || 'nothing',
  };
}
