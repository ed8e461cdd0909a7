import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inWorkers, type Kind } from '../support/simulation/in-workers.js';
import { correctionMoments, events, faults, rare, transitions } from '../support/simulation/what-occurs.js';
import { howMany } from '../support/counts.js';

const seeds = Number(process.env.SEEDS) || howMany({ all: 20_000, long: 500_000 });
const first = Number(process.env.FIRST_SEED) || 1;
/** The number of seeds in one test. Each test has its own time limit. */
const seedsOfTest = 5000;
/** The number of seeds of the profile in which rare faults coincide. */
const rareSeeds = Math.min(Math.ceil(seeds / 8), 25_000);
/** The number of times that each fault, event and transition must occur at least, in so many seeds. */
const [fewest, inSeeds] = [1000, 20_000];

describe('outbox, keeper and rules on Zendesk, simulated', () => {
  const counts: Record<string, number> = {};

  const run = async (kind: Kind, from: number, some: number) => {
    const outcome = await inWorkers(kind, from, some);
    for (const [what, times] of Object.entries(outcome.counts)) counts[what] = (counts[what] ?? 0) + times;
    const failing = outcome.failing.map(({ seed, violations }) => `seed ${seed}: ${violations.join('; ')}`);
    assert.deepEqual(failing.slice(0, 10), [], `${failing.length} of ${some} seeds`);
  };

  for (let from = first; from < first + seeds; from += seedsOfTest) {
    const some = Math.min(seedsOfTest, first + seeds - from);
    const title = `B3 B5 R12 A9 ${some} seeds from ${from}: no write is lost, repeated, unexpected, out of order or wrong`;
    it(title, () => run('simulate', from, some));
  }

  for (let from = first; from < first + rareSeeds; from += seedsOfTest) {
    const some = Math.min(seedsOfTest, first + rareSeeds - from);
    const title = `R20 B5 A9 ${some} seeds from ${from} in which rare faults coincide: a discarded or expired contact that is needed again is created once`;
    it(title, () => run('rare moments', from, some));
  }

  const correctionSeeds = Math.min(Math.ceil(seeds / 4), 25_000);
  for (let from = first; from < first + correctionSeeds; from += seedsOfTest) {
    const some = Math.min(seedsOfTest, first + correctionSeeds - from);
    const title = `R35 B5 A9 ${some} seeds from ${from} with corrections: all stands once on the last ticket, and a line on every earlier one`;
    it(title, () => run('corrections', from, some));
  }

  it('R35 sessions were corrected in every situation', (test) => {
    for (const [what, times] of Object.entries(counts).sort())
      if (what.startsWith('correction')) test.diagnostic(`${what}: ${times}`);
    assert.deepEqual(
      correctionMoments.filter((one) => !counts[`correction ${one}`]),
      [],
    );
  });

  it(`B5 each fault, event and transition occurred at least ${fewest} times in ${inSeeds} seeds, and no unknown one did`, (test) => {
    for (const [what, times] of Object.entries(counts).sort()) test.diagnostic(`${what}: ${times}`);
    const needed = seeds < inSeeds ? 1 : fewest;
    const named = [...faults.map((one) => `fault ${one}`), ...events.map((one) => `event ${one}`), ...transitions];
    const tooFew = named.filter((what) => (counts[what] ?? 0) < needed).map((what) => `${what}: ${counts[what] ?? 0}`);
    assert.deepEqual(tooFew, []);
    const known = new Set([...named, ...rare]);
    const others = Object.keys(counts).filter((what) => /^fault|^event|→/.test(what) && !known.has(what));
    assert.deepEqual(others, [], 'unknown faults, events and transitions');
  });
});
