import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { simulate } from '../support/simulation/simulate.js';

const long = process.env.TEST_LONG === '1';
const seeds = long ? 20_000 : Number(process.env.SEEDS) || 400;
const first = Number(process.env.FIRST_SEED) || 1;

/** Each failed once, and says what it found. */
const found: Readonly<Record<number, string>> = {
  107: 'a leader that loses its lock while it gets ready leads nothing',
  339: 'a tab that slept does not keep what it was told before for ever',
  1634: 'a leader that was replaced may still have kept something: it is found',
  2355: 'the same, behind a follow-up',
  2434: 'what one tab kept before another is sent before it',
};

describe('the outbox on Zendesk, simulated', () => {
  for (const [seed, what] of Object.entries(found))
    it(`B5 seed ${seed}: ${what}`, async () => assert.deepEqual((await simulate(Number(seed))).violations, []));

  it(`B5 ${seeds} seeds: nothing lost, nothing twice, in order, whatever tab, network, person or CRM does`, async (test) => {
    const counts: Record<string, number> = {};
    const failing: string[] = [];
    for (let seed = first; seed < first + seeds; seed++) {
      const { violations, counts: one } = await simulate(seed);
      for (const [what, times] of Object.entries(one)) counts[what] = (counts[what] ?? 0) + times;
      if (violations.length > 0) failing.push(`seed ${seed}: ${violations.join('; ')}`);
    }
    for (const [what, times] of Object.entries(counts).sort()) test.diagnostic(`${what}: ${times}`);
    assert.deepEqual(failing.slice(0, 10), [], `${failing.length} of ${seeds} seeds`);
  });
});
