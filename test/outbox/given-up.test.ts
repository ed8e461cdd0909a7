import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { StoreChange } from '../../src/environment/environment.js';
import { MemoryStore } from '../../src/environment/in-memory.js';
import { newRows } from '../../src/outbox/outbox-row.js';
import { OutboxStore } from '../../src/outbox/outbox-store.js';
import { openSealing } from '../../src/environment/in-memory.js';
import type { Intent } from '../../src/records/intent.js';
import { setUpOutbox } from '../support/durable-outbox.js';
import { at, newTicket, note } from '../support/intents.js';

const contact: Intent = {
  ...{ kind: 'create-contact', key: 'k', sessionId: 's', at },
  draft: { name: 'New', phoneNumber: '+16285550123' },
};

/** Another tab wants something just before the first removal reaches the store. */
class BusyStore extends MemoryStore {
  another: () => Promise<unknown> = async () => {};

  override async commit(change: StoreChange) {
    const { another } = this;
    if ((change.remove ?? []).length > 0) {
      this.another = async () => {};
      await another();
    }
    return super.commit(change);
  }
}

describe('discarded rows', () => {
  it('B5 a ticket that is accepted while its contact is discarded is discarded too, or the contact is created', async () => {
    const { outbox, host, clock, states } = await setUpOutbox();
    host.failNext('createContact', 'invalid', 1);
    await outbox.enqueue([contact, newTicket('t1', 'One', { madeBy: 'k' })]);
    await clock.advance(1000);
    assert.deepEqual(states(), ['k dead', 't1 pending']);
    await Promise.all([
      outbox.discard('k'),
      outbox.enqueue([contact, newTicket('t2', 'Two', { madeBy: 'k' }), note('n2', { madeBy: 't2' })]),
    ]);
    await clock.advance(60_000);
    // What is known of a contact is either all of it, or nothing.
    assert.deepEqual([states(), host.tickets().filter(({ subject }) => subject === 'One')], [[], []]);
    await outbox.enqueue([contact, newTicket('t3', 'Three', { madeBy: 'k' })]);
    await clock.advance(1000);
    assert.deepEqual(states(), ['k settled', 't3 settled']);
  });

  it('B5 nor does a ticket wait for ever that another tab accepts at that moment', async () => {
    const store = new BusyStore();
    const { outbox, host, clock, states } = await setUpOutbox(undefined, { store });
    host.failNext('createContact', 'invalid', 1);
    await outbox.enqueue([contact, newTicket('t1', 'One', { madeBy: 'k' })]);
    await clock.advance(1000);
    const others = new OutboxStore({ store, crypto: openSealing });
    const wanted = newRows(
      [contact, newTicket('t2', 'Two', { madeBy: 'k' }), note('n2', { madeBy: 't2' })],
      clock.now(),
    );
    store.another = () => others.add(wanted);
    await outbox.discard('k');
    await clock.advance(60_000);
    assert.deepEqual([states(), (await store.all('outbox')).length], [[], 0]);
  });
});
