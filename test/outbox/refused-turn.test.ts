import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { StoreChange } from '../../src/environment/environment.js';
import { DurableOutbox } from '../../src/outbox/durable-outbox.js';
import { MemoryStore } from '../../src/environment/in-memory.js';
import { setUpOutbox } from '../support/durable-outbox.js';
import { note } from '../support/intents.js';

/** Refuses to change what is there, as long as it is told to. */
class RefusingStore extends MemoryStore {
  refuses = false;

  override commit(change: StoreChange) {
    const isRefused = this.refuses && (change.put ?? []).length > 0;
    // What it rejects with need not be an error.
    return isRefused ? Promise.reject(null as unknown as Error) : super.commit(change);
  }
}

const draft = { name: 'New', phoneNumber: '+16285550123' };
const contact = { kind: 'create-contact', key: 'k', sessionId: 's', at: '2026-03-02T09:00:00Z', draft } as const;

describe('B5 a store that rejects when a turn as leader begins', () => {
  it('B5 a row that was being sent is not left so: the turn does not begin, and the next one sends the row', async () => {
    const kept = new RefusingStore();
    const { outbox, host, clock, store, bodies } = await setUpOutbox(() => ({}), { store: kept });
    host.trouble = { fail: { writeTickets: 'never' } };
    await outbox.enqueue([note('a', { id: '1' })]);
    await clock.advance(0);
    assert.deepEqual(
      outbox.entries.map(({ state }) => state),
      ['sending'],
    );
    // The page is gone, and the next one finds a store that refuses.
    outbox.stop();
    host.trouble = {};
    const batching = () => ({ comments: false, updates: false, windowSeconds: 10 });
    const open = () => DurableOutbox.open({ host, store, batching, environment: { clock, timers: clock } });
    kept.refuses = true;
    await assert.rejects(open());
    kept.refuses = false;
    const next = await open();
    await clock.advance(60_000);
    assert.deepEqual([bodies('1'), next.entries.map(({ state }) => state)], [['a'], ['settled']]);
  });

  it('R20 B5 an intent that is accepted again and cannot be stored is rejected', async () => {
    const kept = new RefusingStore();
    const { outbox, clock } = await setUpOutbox(() => ({}), { store: kept });
    await outbox.enqueue([contact]);
    await clock.advance(1000);
    kept.refuses = true;
    await assert.rejects(outbox.enqueue([contact]));
    kept.refuses = false;
    await outbox.enqueue([contact]);
    await clock.advance(1000);
    assert.deepEqual(
      outbox.entries.map(({ state }) => state),
      ['settled'],
    );
  });
});
