import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inWorkers, type Kind } from '../support/simulation/in-workers.js';
import { simulate } from '../support/simulation/simulate.js';
import { events, faults, rare, transitions } from '../support/simulation/what-occurs.js';
import { howMany } from '../support/counts.js';

const seeds = Number(process.env.SEEDS) || howMany({ all: 20_000, long: 500_000 });
const first = Number(process.env.FIRST_SEED) || 1;
/** So many in a test of their own, which has its own time. */
const atOnce = 5000;
/** Of what hardly ever comes together. */
const rareSeeds = Math.min(Math.ceil(seeds / 8), 25_000);
/** How often each of what can occur has to, in so many seeds. */
const [fewest, inSeeds] = [1000, 20_000];

/** Each failed once, and says what it found. */
const found: Readonly<Record<number, string>> = {
  1287: 'what comes after a merge does not overtake what still waits for the ticket before',
  3785: 'a ticket is not named to the platform before its beginning is kept',
  22435: 'what comes last, of a call that a colleague has by then, goes to the ticket that the agent chose',
  158548: 'what a tab was done with while another led is not done again a month later',
  174167: 'what a session has for its new ticket does not overtake what it still has for the one before',
  210965: 'what a session has for both tickets of a merge keeps its order, back and forth',
  307042: 'in a chain of merges nothing overtakes what is on its way to the ticket between',
  236930: 'what a tab decided whose turn was over is not decided otherwise by the next: one session, one ticket',
  492167: 'a rating does not overtake the recording that waits for the ticket before',
  480928: 'a tab that has nothing to send hears that its turn is over, and what its keeper holds is written',
  12406: 'what a person has discarded does not come back with a tab that was frozen while it accepted it',
  12054: 'a week-old write that was on its way may have been applied',
};

describe('outbox, keeper and rules on Zendesk, simulated', () => {
  const counts: Record<string, number> = {};

  for (const [seed, what] of Object.entries(found))
    it(`B5 seed ${seed}: ${what}`, async () => assert.deepEqual((await simulate(Number(seed))).violations, []));

  const run = async (kind: Kind, from: number, some: number) => {
    const outcome = await inWorkers(kind, from, some);
    for (const [what, times] of Object.entries(outcome.counts)) counts[what] = (counts[what] ?? 0) + times;
    const failing = outcome.failing.map(({ seed, violations }) => `seed ${seed}: ${violations.join('; ')}`);
    assert.deepEqual(failing.slice(0, 10), [], `${failing.length} of ${some} seeds`);
  };

  for (let from = first; from < first + seeds; from += atOnce) {
    const some = Math.min(atOnce, first + seeds - from);
    const title = `B3 B5 R12 A9 ${some} seeds from ${from}: nothing lost, twice, unasked for, out of order or with another value`;
    it(title, () => run('simulate', from, some));
  }

  for (let from = first; from < first + rareSeeds; from += atOnce) {
    const some = Math.min(atOnce, first + rareSeeds - from);
    const title = `R20 B5 A9 ${some} seeds from ${from} of rare moments: what was given up or is a week old is wanted again, and made once`;
    it(title, () => run('rare moments', from, some));
  }

  it(`B5 each fault, event and transition occurred at least ${fewest} times in ${inSeeds} seeds, and no unknown one did`, (test) => {
    for (const [what, times] of Object.entries(counts).sort()) test.diagnostic(`${what}: ${times}`);
    const needed = seeds < inSeeds ? 1 : fewest;
    const named = [...faults.map((one) => `fault ${one}`), ...events.map((one) => `event ${one}`), ...transitions];
    const tooFew = named.filter((what) => (counts[what] ?? 0) < needed).map((what) => `${what}: ${counts[what] ?? 0}`);
    assert.deepEqual(tooFew, []);
    const known = new Set([...named, ...rare]);
    const others = Object.keys(counts).filter((what) => /^fault|^event|→/.test(what) && !known.has(what));
    assert.deepEqual(others, [], 'what nobody knows of');
  });
});
