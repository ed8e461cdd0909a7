import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CrmHost, TicketWrite, WriteResult } from '../../src/crm/crm-host.js';
import type { MemoryHost } from '../../src/memory/index.js';
import type { Intent } from '../../src/records/intent.js';
import { setUpOutbox } from '../support/durable-outbox.js';
import { note } from '../support/intents.js';

const batching = { comments: true, updates: true, windowSeconds: 10 };
const bad: Intent = { ...(note('two', { id: '1' }) as Intent & { kind: 'write-ticket' }), fields: { bad: 'x' } };
const three = [note('one', { id: '1' }), bad, note('three', { id: '1' })];

/** A CRM that refuses a value, and notes what it was sent. */
const choosy =
  (sent: string[], first?: WriteResult['ok']) =>
  (host: MemoryHost): Partial<CrmHost> => ({
    writeTickets: async (writes: readonly TicketWrite[]) => {
      const results: WriteResult[] = [];
      for (const write of writes) {
        const { key, comment, fields } = write;
        sent.push(`${key}: ${comment?.body.replaceAll(/\d\d\d\d.* UTC\n/g, '').replaceAll('\n\n', ' + ')}`);
        if (first === false && sent.length === 1)
          results.push({ key, ok: false, outcome: 'unknown', reason: 'unavailable', message: 'Gone.' });
        else if (fields?.['bad'] === undefined) results.push(...(await host.writeTickets([write])));
        else results.push({ key, ok: false, outcome: 'refused', reason: 'invalid', message: 'Field bad is no text.' });
      }
      return results;
    },
  });

/** Each try is a step of its own. */
const later = async ({ clock }: Pick<Awaited<ReturnType<typeof setUpOutbox>>, 'clock'>) => {
  for (let seconds = 0; seconds < 30; seconds++) await clock.advance(1000);
};

describe('a group that the CRM refuses', () => {
  it('B3 B5 only the invalid row needs a person; the others are written, in order', async () => {
    const sent: string[] = [];
    const { outbox, states, bodies, clock } = await setUpOutbox(choosy(sent), { batching });
    await outbox.enqueue(three);
    await later({ clock });
    assert.deepEqual(states(), ['one settled', 'two dead', 'three settled']);
    assert.deepEqual(bodies('1'), ['one', 'three']);
    assert.deepEqual(sent, ['one#2: one + two + three', 'one: one', 'two: two', 'three: three']);
  });

  it('B5 what may have been applied before stays one group', async () => {
    const sent: string[] = [];
    const { outbox, states, bodies, clock } = await setUpOutbox(choosy(sent, false), { batching });
    await outbox.enqueue(three);
    await later({ clock });
    assert.deepEqual(states(), ['one dead', 'two dead', 'three dead']);
    assert.deepEqual([bodies('1'), [...new Set(sent)]], [[], ['one#2: one + two + three']]);
  });
});
