import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CrmError } from '../../src/crm/crm-error.js';
import type { TicketWrite } from '../../src/crm/crm-host.js';
import type { MemoryHost } from '../../src/memory/index.js';
import { setUpOutbox } from '../support/durable-outbox.js';
import { newTicket, note } from '../support/intents.js';

const hour = 3_600_000;

/** Counts the tickets that the outbox reads. */
async function counting(wrap: (host: MemoryHost, reads: string[]) => object = () => ({})) {
  const reads: string[] = [];
  const set = await setUpOutbox((host) => ({
    getTicket: (id: string) => {
      reads.push(id);
      return host.getTicket(id);
    },
    ...wrap(host, reads),
  }));
  return { ...set, reads };
}

describe('the stamp of a write', () => {
  it('Q5 comes from a look-up, so that the ticket is not read', async () => {
    const { outbox, host, clock, reads, bodies } = await counting();
    const found = await host.findTickets({ contactId: 'mia' });
    assert.ok(found.items.every(({ stamp }) => stamp !== undefined));
    outbox.noteTickets(found.items);
    await outbox.enqueue([note('a', { id: '1' })]);
    await clock.advance(1000);
    assert.deepEqual([bodies('1'), reads], [['a'], []]);
  });

  it('Q5 comes from the creation, and then from the write before, however long ago', async () => {
    const { outbox, host, clock, reads } = await counting();
    await outbox.enqueue([newTicket('t')]);
    await clock.advance(hour);
    await outbox.enqueue([note('a', { madeBy: 't' })]);
    await clock.advance(hour);
    await outbox.enqueue([note('b', { madeBy: 't' })]);
    await clock.advance(1000);
    const made = host.tickets().find(({ origin }) => origin?.sessionId === 's')!;
    assert.deepEqual(
      host.comments(made.id).map(({ body }) => body),
      ['first', 'a', 'b'],
    );
    assert.deepEqual(reads, []);
  });

  it('Q5 B5 a conflict makes the outbox read the ticket, and the write happens once', async () => {
    const { outbox, host, clock, reads, bodies } = await counting();
    outbox.noteTickets((await host.findTickets({ contactId: 'mia' })).items);
    host.addComment('1', { body: 'A person wrote this.' });
    host.setStatus('1', 'open');
    await outbox.enqueue([note('a', { id: '1' })]);
    await clock.advance(60_000);
    assert.deepEqual(bodies('1'), ['A person wrote this.', 'a']);
    assert.deepEqual(reads, ['1']);
  });

  it('Q5 B5 a look-up does not replace the stamp of a later write', async () => {
    const { outbox, host, clock, reads, bodies } = await counting();
    const earlier = (await host.findTickets({ contactId: 'mia' })).items;
    await outbox.enqueue([note('a', { id: '1' })]);
    await clock.advance(1000);
    // An index of the CRM may lag behind its writes.
    outbox.noteTickets(earlier);
    await outbox.enqueue([note('b', { id: '1' })]);
    await clock.advance(1000);
    assert.deepEqual([bodies('1'), reads], [['a', 'b'], ['1']]);
  });

  it('B5 a row that may have been applied is read first, whatever is known of its ticket', async () => {
    let lost = true;
    const { outbox, host, clock, reads, bodies } = await counting((crm) => ({
      writeTickets: async (writes: readonly TicketWrite[]) => {
        const results = await crm.writeTickets(writes);
        if (lost) {
          lost = false;
          throw new CrmError('timeout', 'The answer is lost.', { outcome: 'unknown' });
        }
        return results;
      },
    }));
    outbox.noteTickets((await host.findTickets({ contactId: 'mia' })).items);
    await outbox.enqueue([note('a', { id: '1' })]);
    await clock.advance(1);
    assert.deepEqual(reads, []);
    outbox.noteTickets((await host.findTickets({ contactId: 'mia' })).items);
    await clock.advance(120_000);
    assert.deepEqual([bodies('1'), reads], [['a'], ['1']]);
  });
});
