import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { StoredJournal } from '../../src/keeper/stored-journal.js';
import type { Session } from '../../src/domain/session.js';
import { MemoryHost } from '../../src/memory/index.js';
import { Deposed } from '../../src/outbox/outbox-store.js';
import { memoryChannels, MemoryLocks, MemoryStore, openSealing } from '../../src/environment/in-memory.js';
import { SimulatedTime } from '../../src/testing/simulated-time.js';
import { crmData } from '../support/crm-data.js';
import { KeeperDesk, SpyJournal } from '../support/keeper-desk.js';
import { outboxTab } from '../support/outbox-tab.js';

const session: Session = { id: 'a', channel: 'ivr-call', direction: 'inbound', customerNumber: '+16285550199' };
const ended = {
  type: 'session.ended' as const,
  endedBy: 'customer' as const,
  durations: { total: 60, talk: 50, hold: 0, wait: 10 },
};

describe('RecordKeeper: a tab whose turn is over', () => {
  it('A9 B5 with nothing to send notices that its turn is over, leads again, and writes the events in its keeper', async () => {
    const time = new SimulatedTime();
    const host = new MemoryHost({ data: crmData, clock: time, timers: time });
    const storage = { store: new MemoryStore(), crypto: openSealing };
    const { outbox, stop } = outboxTab({
      ...{ host, ...storage, locks: new MemoryLocks(), channel: memoryChannels()() },
      environment: { clock: time, timers: time, random: () => 'one' },
      batching: () => ({ comments: true, updates: true, windowSeconds: 10 }),
    });
    await time.advance(0);
    const first = outbox.epoch;
    // Another tab led for a moment, and is gone.
    await storage.store.nextEpoch();
    const journal = new StoredJournal(storage, () => outbox.epoch, { deposed: () => outbox.lost() });
    const desk = await KeeperDesk.start({ host, time, journal });
    await desk.assigned(session);
    assert.deepEqual([outbox.leads, desk.madeBy('a').length], [false, 0]);
    await desk.wait(10_000);
    assert.deepEqual([outbox.leads, outbox.epoch, desk.madeBy('a').length], [true, first! + 2, 1]);
    stop();
  });

  it('B5 A9 saves, once it leads again, that a session is over, so that no page repeats it a month later', async () => {
    const journal = new SpyJournal();
    const desk = await KeeperDesk.start({ journal });
    await desk.assigned(session);
    await desk.hear(session, ended);
    const { save } = journal;
    // Another tab takes the lead when the outbox has accepted the end card.
    journal.save = (kept) =>
      desk.outbox.knows('a/finished') ? Promise.reject(new Deposed('Another tab leads.')) : save(kept);
    await desk.hear(session, { type: 'session.closed' });
    assert.deepEqual([desk.written(desk.madeBy('a')[0]!.id).at(-1), journal.open], ['call_finished', ['a']]);
    journal.save = save;
    await desk.keeper.keepAll();
    assert.deepEqual(journal.open, []);
  });

  it('B5 A9 lets go, once it leads again, of a session that a person discarded meanwhile', async () => {
    const journal = new SpyJournal();
    const desk = await KeeperDesk.start({ journal });
    desk.host.trouble = { fail: { findContacts: 'offline' } };
    await desk.assigned(session);
    assert.deepEqual(journal.open, ['a']);
    const { remove } = journal;
    journal.remove = () => Promise.reject(new Deposed('Another tab leads.'));
    desk.keeper.discardWaiting();
    await desk.wait();
    assert.deepEqual(journal.open, ['a']);
    journal.remove = remove;
    await desk.keeper.keepAll();
    assert.deepEqual(journal.open, [], 'the next page would write it');
  });
});
