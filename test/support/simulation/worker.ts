import { crashAt } from './crash-points.js';
import { runSeeds, type Kind } from './in-workers.js';
import { rareMoments } from './rare-moments.js';
import { simulate } from './simulate.js';

// Failures are reported by their seed, so stack traces are not needed.
Error.stackTraceLimit = 0;

// Runs a share of the seeds in its own process. The arguments are the first seed, the end, and the step.
const [kind, ...share] = process.argv.slice(2);
const [from, to, step] = share.map(Number) as [number, number, number];

function* seeds(): Iterable<number> {
  for (let seed = from; seed < to; seed += step) yield seed;
}

const runs: Readonly<Record<Kind, (seed: number) => ReturnType<typeof simulate>>> = {
  simulate: (seed) => simulate(seed),
  'rare moments': rareMoments,
  interleave: async (seed) => (await import('./interleave.js')).interleave(seed),
  'crash the tab': (step) => crashAt(step, 'tab'),
  'crash the browser': (step) => crashAt(step, 'browser'),
};

process.send!(await runSeeds(seeds(), runs[kind as Kind]), () => process.disconnect());
