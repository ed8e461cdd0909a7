import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Simulated } from './simulate.js';
import { progress } from '../run/progress.mjs';

/** What a worker runs for each of its seeds. */
export type Kind = 'simulate' | 'rare moments' | 'corrections' | 'interleave' | 'crash the tab' | 'crash the browser';

export interface Outcome {
  counts: Record<string, number>;
  failing: readonly { seed: number; violations: readonly string[] }[];
}

/** Runs seeds one after the other, and adds up their counts. */
export async function runSeeds(seeds: Iterable<number>, run: (seed: number) => Promise<Simulated>): Promise<Outcome> {
  const counts: Record<string, number> = {};
  const failing: { seed: number; violations: readonly string[] }[] = [];
  for (const seed of seeds) {
    progress();
    const { violations, counts: one } = await run(seed);
    for (const [what, times] of Object.entries(one)) counts[what] = (counts[what] ?? 0) + times;
    if (violations.length > 0) failing.push({ seed, violations });
  }
  return { counts, failing };
}

/** Runs seeds in as many processes as there are cores: within the test runner, every promise would be slower. */
export async function inWorkers(kind: Kind, first: number, seeds: number): Promise<Outcome> {
  const workers = Math.min(availableParallelism(), seeds);
  const shares = Array.from({ length: workers }, (_, index) => [first + index, first + seeds, workers]);
  const outcomes = await Promise.all(shares.map((share) => inWorker(kind, share)));
  const counts: Record<string, number> = {};
  for (const one of outcomes)
    for (const [what, times] of Object.entries(one.counts)) counts[what] = (counts[what] ?? 0) + times;
  return { counts, failing: outcomes.flatMap(({ failing }) => failing).sort((a, b) => a.seed - b.seed) };
}

function inWorker(kind: Kind, share: readonly number[]): Promise<Outcome> {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  return new Promise((resolve, reject) => {
    const file = fileURLToPath(new URL('./worker.ts', import.meta.url));
    const worker = fork(file, [kind, ...share.map(String)], { execArgv: ['--import', 'tsx'], env });
    worker.on('message', (outcome) => resolve(outcome as Outcome));
    worker.on('error', reject);
    worker.on('exit', (code, signal) => reject(new Error(`A worker ended with ${code ?? signal}.`)));
  });
}
