import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { oneDay } from '../support/simulation/crash-points.js';
import { inWorkers } from '../support/simulation/in-workers.js';

describe('a crash at every step', () => {
  it('B5 R12 without a crash, the simulated day makes every kind of write and has no violation', async () => {
    const { violations, kinds, steps } = await oneDay();
    assert.deepEqual(violations, []);
    const intents = ['create-contact', 'create-ticket', 'write-ticket', 'open-ticket'];
    for (const kind of [...intents, 'comment', 'assigneeId', 'fields', 'reopenPlatformTicket', 'follow-up'])
      assert.ok(kinds.has(kind), kind);
    assert.ok(steps > 500, `${steps} steps`);
  });

  for (const what of ['tab', 'browser'] as const)
    it(`B5 R12 a crash of the ${what} at any step of the day loses, repeats and reorders nothing`, async (test) => {
      const { steps } = await oneDay();
      const { counts, failing } = await inWorkers(`crash the ${what}`, 1, steps);
      test.diagnostic(`${counts['crashed']} crashes`);
      assert.deepEqual(failing.slice(0, 10), []);
      assert.equal(counts['crashed'], steps);
    });
});
