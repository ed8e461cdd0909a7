import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CrmError } from '../../src/crm/crm-error.js';
import type { TicketWrite } from '../../src/crm/crm-host.js';
import type { MemoryHost } from '../../src/memory/index.js';
import { setUpOutbox } from '../support/durable-outbox.js';
import { note } from '../support/intents.js';

/**
 * A write waits for ticket 2, into which its ticket 1 was merged, and the CRM refuses writes to ticket 2 for now. Then
 * ticket 2 is merged into ticket 5. As Zendesk does, the CRM names the last ticket of a chain of merges.
 */
async function waitingInTheMiddle(windowSeconds: number) {
  const crm = { refuses: true };
  const set = await setUpOutbox(
    (memory: MemoryHost) => ({
      getTicket: async (id: string) => {
        const ticket = await memory.getTicket(id);
        const next = ticket?.mergedInto;
        return next === undefined ? ticket : { ...ticket!, mergedInto: memory.ticket(next).mergedInto ?? next };
      },
      writeTickets: async (writes: readonly TicketWrite[]) => {
        if (crm.refuses && writes.some(({ ticketId }) => ticketId === '2'))
          throw new CrmError('unavailable', 'for a moment', { outcome: 'not-applied' });
        return memory.writeTickets(writes);
      },
    }),
    { batching: { comments: windowSeconds > 0, updates: false, windowSeconds } },
  );
  const write = async (key: string) => {
    await set.outbox.enqueue([note(key, { id: '1' })]);
    await set.clock.advance(windowSeconds * 1000);
  };
  // The outbox knows ticket 1 as it was before the merge, and learns of the merge by its next write.
  await write('before');
  set.host.merge('1', '2');
  await write('a');
  assert.deepEqual(set.states(), ['before settled', 'a pending']);
  set.host.merge('2', '5');
  const written = async () => {
    crm.refuses = false;
    await set.clock.advance(60_000);
    return set
      .bodies('5')
      .join('\n')
      .match(/^[ab]$/gm);
  };
  return { ...set, written };
}

describe('writes to merged tickets', () => {
  it('B3 R12 a write does not overtake an earlier write that still waits for the merged ticket', async () => {
    const { outbox, clock, written } = await waitingInTheMiddle(0);
    await outbox.enqueue([note('b', { id: '1' }, 'other')]);
    await clock.advance(500);
    assert.deepEqual(await written(), ['a', 'b']);
  });

  it('B3 R12 a write does not overtake an earlier write that is being sent to the ticket in the middle of a chain of merges', async () => {
    const { outbox, clock, states, written } = await waitingInTheMiddle(1);
    // The outbox sends `a` again after two seconds, and takes `b` in the same round.
    await clock.advance(1000);
    const seen: string[][] = [];
    outbox.subscribe(({ intent, state }) => intent.key === 'b' && seen.push([state, ...states()]));
    await outbox.enqueue([note('b', { id: '1' }, 'other')]);
    await clock.advance(1500);
    assert.ok(
      seen.some(([state, _before, a]) => state === 'pending' && a === 'a sending'),
      'b moves while a is being sent',
    );
    assert.deepEqual(await written(), ['a', 'b']);
  });

  it('B3 R12 a rating for the new ticket does not overtake the recording that waits for the old ticket', async () => {
    const { host, outbox, clock, bodies } = await setUpOutbox(undefined, {
      batching: { comments: true, updates: true, windowSeconds: 10 },
    });
    host.merge('1', '5');
    await outbox.enqueue([note('end', { id: '5' }), note('recording', { id: '1' }), note('rating', { id: '5' })]);
    await clock.advance(60_000);
    const words = bodies('5')
      .join('\n')
      .match(/^(end|recording|rating)$/gm);
    assert.deepEqual(words, ['end', 'recording', 'rating']);
  });
});
