import { corrections } from './corrections.js';
import { crashAt } from './crash-points.js';
import { runSeeds, type Kind } from './in-workers.js';
import { rareMoments } from './rare-moments.js';
import { simulate } from './simulate.js';

// A failure is reported by its seed, so stack traces are not needed.
Error.stackTraceLimit = 0;

// A process that runs a share of the seeds. The arguments: the kind, the first seed, the end, and the distance of seeds.
const [kind, ...share] = process.argv.slice(2);
const [from, to, step] = share.map(Number) as [number, number, number];

function* seeds(): Iterable<number> {
  for (let seed = from; seed < to; seed += step) yield seed;
}

const runs: Readonly<Record<Kind, (seed: number) => ReturnType<typeof simulate>>> = {
  simulate: (seed) => simulate(seed),
  'rare moments': rareMoments,
  corrections,
  interleave: async (seed) => (await import('./interleave.js')).interleave(seed),
  'crash the tab': (step) => crashAt(step, 'tab'),
  'crash the browser': (step) => crashAt(step, 'browser'),
};

process.send!(await runSeeds(seeds(), runs[kind as Kind]), () => process.disconnect());
