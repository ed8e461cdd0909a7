import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { simulate } from '../support/simulation/simulate.js';

const long = process.env.TEST_LONG === '1';
const seeds = long ? 20_000 : Number(process.env.SEEDS) || 1000;
const first = Number(process.env.FIRST_SEED) || 1;

describe('the outbox on Zendesk, simulated', () => {
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
