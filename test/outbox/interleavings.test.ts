import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inWorkers } from '../support/simulation/in-workers.js';
import { runsOfSeed } from '../support/simulation/interleave.js';

const interleavings = 5000;
const first = Number(process.env.FIRST_SEED) || 1;

describe('two to four tabs on one store', () => {
  it(`B3 B5 A9 ${interleavings} interleavings lose, repeat, invent and reorder nothing`, async (test) => {
    const { counts, failing } = await inWorkers('interleave', first, interleavings / runsOfSeed);
    test.diagnostic(
      `${counts['interleavings']} interleavings, ${counts['event deposed'] ?? 0} writes of tabs that no longer led`,
    );
    assert.deepEqual(failing.slice(0, 10), []);
    assert.equal(counts['interleavings'], interleavings);
    assert.ok((counts['event deposed'] ?? 0) > 100, 'Tabs take the lead from each other');
  });
});
