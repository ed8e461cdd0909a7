import type { Fault, FaultMatch, Conditions } from '../control.js';

/** Chooses the fault of a request: first the faults that a test has ordered, in their order, then random faults. */
export interface Faults {
  order(fault: Fault, match: FaultMatch, times: number): void;
  take(method: string, path: string): Fault | undefined;
}

// Faults of jobs wait for a request that makes a job.
const ofJobs: Partial<Record<Fault['kind'], RegExp>> = {
  'too-many-jobs': /\/update_many(\.json)?$/,
  'job-fails': /\/(update_many|merge)(\.json)?$/,
};

const fits = (fault: Fault, match: FaultMatch, method: string, path: string) =>
  (!match.method || match.method === method) &&
  (!match.path || new RegExp(match.path).test(path)) &&
  (ofJobs[fault.kind]?.test(path) ?? true);

/** Generates random numbers from a seed (mulberry32). */
function generator(seed: number) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function createFaults(random: () => Conditions['random']): Faults {
  const ordered: { fault: Fault; match: FaultMatch; times: number }[] = [];
  let source: { of: Conditions['random']; draw: () => number } | undefined;

  function atRandom(method: string, path: string): Fault | undefined {
    const settings = random();
    if (!settings?.faults.length) return undefined;
    if (source?.of !== settings) source = { of: settings, draw: generator(settings.seed) };
    const possible = settings.faults.filter((one) => fits(one, settings.match ?? {}, method, path));
    if (!possible.length || source.draw() >= settings.share) return undefined;
    return possible[Math.floor(source.draw() * possible.length)];
  }
  return {
    order: (fault, match, times) => void ordered.push({ fault, match, times }),
    take(method, path) {
      const next = ordered.find((one) => one.times > 0 && fits(one.fault, one.match, method, path));
      if (!next) return atRandom(method, path);
      next.times -= 1;
      return next.fault;
    },
  };
}
