import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Shift } from './shift.js';

export type Worked = Shift & { seed: number };

/** Runs shifts in as many processes as there are cores: within the test runner, every promise would be slower. */
export async function inShifts(seeds: readonly number[]): Promise<readonly Worked[]> {
  const workers = Math.min(availableParallelism(), seeds.length);
  const shares = Array.from({ length: workers }, (_, share) => seeds.filter((_, at) => at % workers === share));
  return (await Promise.all(shares.map(inWorker))).flat().sort((one, other) => one.seed - other.seed);
}

function inWorker(seeds: readonly number[]): Promise<readonly Worked[]> {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  return new Promise((resolve, reject) => {
    const file = fileURLToPath(new URL('./worker.ts', import.meta.url));
    const worker = fork(file, seeds.map(String), { execArgv: ['--import', 'tsx'], env });
    worker.on('message', (worked) => resolve(worked as Worked[]));
    worker.on('error', reject);
    worker.on('exit', (code, signal) => reject(new Error(`A worker ended with ${code ?? signal}.`)));
  });
}
