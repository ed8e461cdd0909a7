import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { goneBefore } from '../../src/outbox/follow-up.js';
import { dueGroups } from '../../src/outbox/lanes.js';
import type { OutboxRow, WriteRow } from '../../src/outbox/outbox-row.js';
import { note } from '../support/intents.js';

const row = (key: string, ticketId: string, sessionId: string, more: Partial<OutboxRow> = {}): WriteRow =>
  ({
    key,
    order: 0,
    since: 0,
    tries: 0,
    state: 'pending',
    intent: note(key, { id: ticketId }, sessionId),
    ...more,
  }) as WriteRow;

const groupsOf = (rows: readonly OutboxRow[]) =>
  dueGroups(rows, {
    now: 1,
    ticketOf: ({ intent }) => ('id' in intent.ticket ? intent.ticket.id : undefined),
    isBusy: () => false,
    isBatched: () => true,
    notBefore: () => 0,
    flushing: false,
  }).map(({ ticketId, rows: group }) => `${ticketId}: ${group.map(({ key }) => key).join(' ')}`);

describe('the writes that may be sent now', () => {
  it('B5 rows of one group are sent again together, even if rows were added between them', () => {
    const sent = { state: 'ambiguous', maybeApplied: true, group: 'a+1', tries: 1 } as const;
    const rows = [row('old', '2', 's'), row('a', '1', 'x', sent), row('new', '1', 's'), row('b', '1', 'y', sent)];
    assert.deepEqual(groupsOf(rows), ['2: old', '1: a b']);
  });

  it('B3 R12 a session that moves from one ticket to another and back keeps its order over both', () => {
    const rows = [row('moved', '9', 's'), row('late', '2', 's'), row('after', '9', 's'), row('else', '9', 'x')];
    assert.deepEqual(groupsOf(rows), ['9: moved']);
  });

  it('B3 R12 in a chain of merges, later rows follow an earlier row that is still on its way', () => {
    const moved = { from: '3', intent: note('a', { id: '2' }) };
    for (const state of ['pending', 'ambiguous', 'sending', 'parked'] as const)
      assert.deepEqual(goneBefore([row('a', '2', 's', { ...moved, state })], '3'), { id: '2' }, state);
    // What needs a person holds nothing up.
    assert.equal(goneBefore([row('a', '2', 's', { ...moved, state: 'dead' })], '3'), undefined);
  });
});
