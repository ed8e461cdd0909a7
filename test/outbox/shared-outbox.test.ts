import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CrmHost, TicketWrite } from '../../src/crm/crm-host.js';
import { StoredJournal } from '../../src/keeper/stored-journal.js';
import type { SealedStore, Store, Tabs, Timers } from '../../src/environment/environment.js';
import { MemoryHost } from '../../src/memory/index.js';
import { ReopenedStorage } from '../../src/environment/reopened-storage.js';
import { topicOf } from '../../src/environment/channel-topic.js';
import { inMemory, memoryChannels, MemoryLocks, MemoryStore, openSealing } from '../../src/environment/in-memory.js';
import { SimulatedTime } from '../../src/testing/simulated-time.js';
import { crmData } from '../support/crm-data.js';
import { newTicket, note, pop } from '../support/intents.js';
import { outboxTab } from '../support/outbox-tab.js';

/** Tabs of one agent: one store, one set of locks, one line. */
function browser({ windowSeconds = 10 } = {}) {
  const clock = new SimulatedTime();
  const host = new MemoryHost({ data: crmData, clock, timers: clock });
  const [store, locks, channel] = [new MemoryStore(), new MemoryLocks(), memoryChannels()];
  const sent: string[] = [];
  const tab = (name: string, change: Partial<Tabs & SealedStore> = {}, timers: Timers = clock) => {
    const shown: string[] = [];
    const own = new Proxy(host, {
      get: (target, key) => {
        if (key === 'writeTickets')
          return (writes: readonly TicketWrite[]) => {
            sent.push(...writes.map((write) => `${name} ${write.key}`));
            return target.writeTickets(writes);
          };
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    }) as CrmHost;
    let ids = 0;
    const { outbox, leadership, stop } = outboxTab({
      host: own,
      ...{ store, locks, channel: channel(), crypto: openSealing, ...change },
      environment: { clock, timers, random: () => `${name} ${++ids}` },
      batching: () => ({ comments: true, updates: true, windowSeconds }),
      showTicket: async (id, sessionId) => void shown.push(`${id} of ${sessionId}`),
    });
    return {
      outbox,
      leadership,
      stop,
      shown,
      states: () => outbox.entries.map(({ intent, state }) => `${intent.key} ${state}`),
    };
  };
  return {
    clock,
    host,
    store,
    locks,
    channel,
    sent,
    tab,
    bodies: (id: string) => host.comments(id).map(({ body }) => body),
  };
}

describe('SharedOutbox: a leader that ends in mid-change', () => {
  it('A9 B5 a row that a person has discarded does not come back with the tab that was frozen while it accepted it', async () => {
    const { clock, store, sent, tab, bodies } = browser({ windowSeconds: 1 });
    const frozen = { until: Promise.resolve() };
    const slow: Store = {
      durable: true,
      all: (table) => store.all(table),
      commit: async (change) => {
        const done = await store.commit(change);
        if (change.add) await frozen.until;
        return done;
      },
      nextEpoch: () => store.nextEpoch(),
      close: () => store.close(),
    };
    const one = tab('one', { store: slow });
    await clock.advance(0);
    let wake = (): void => undefined;
    frozen.until = new Promise((resolve) => (wake = resolve));
    const accepted = one.outbox.enqueue([note('a', { id: '1' })]);
    await clock.advance(0);
    const two = tab('two');
    void two.leadership.take();
    await clock.advance(100);
    assert.deepEqual([two.outbox.leads, two.states()], [true, ['a pending']]);
    await two.outbox.discard('a');
    wake();
    await accepted;
    await clock.advance(60_000);
    assert.deepEqual([sent, bodies('1'), two.states()], [[], [], []]);
  });

  it('A9 B5 an entry that it discarded without reporting it waits in no tab', async () => {
    const { clock, host, store, channel, tab } = browser();
    host.trouble = { fail: { writeTickets: 'offline' } };
    // Nobody hears the one that leads.
    const one = tab('one', { channel: { ...channel(), post: () => undefined } });
    await clock.advance(0);
    const [next, two] = [tab('next'), tab('two')];
    await two.outbox.enqueue([note('a', { id: '1' })]);
    assert.deepEqual(two.states(), ['a pending']);
    await store.commit({ table: 'outbox', remove: ['a'] });
    one.stop();
    await clock.advance(10_000);
    assert.deepEqual([next.outbox.leads, next.states(), two.states()], [true, [], []]);
  });
});

describe('SharedOutbox: a tab that could not open the store', () => {
  it('A9 B5 a tab without a durable store does not lead beside one that has it, and hands its rows over', async () => {
    const { clock, host, store, sent, tab, bodies } = browser();
    const aside = tab('aside', inMemory());
    await clock.advance(0);
    host.trouble = { fail: { writeTickets: 'offline' } };
    await aside.outbox.enqueue([note('a', { id: '1' })]);
    await clock.advance(15_000);
    assert.equal(aside.outbox.leads, true, 'alone it leads');
    const durable = tab('durable');
    await clock.advance(10_000);
    assert.deepEqual([aside.outbox.leads, durable.outbox.leads], [false, true]);
    assert.equal((await store.all('outbox')).length, 1, 'what waited is in the store');
    assert.deepEqual(
      [aside.states(), durable.states()],
      [['a ambiguous'], ['a ambiguous']].map(() => aside.states()),
    );
    host.trouble = {};
    await clock.advance(120_000);
    assert.deepEqual([bodies('1'), durable.states(), aside.states()], [['a'], ['a settled'], ['a settled']]);
    assert.ok(!sent.slice(sent.findIndex((one) => one.startsWith('durable'))).some((one) => one.startsWith('aside')));
    // What it accepts from now on is the leader's too, once.
    await aside.outbox.enqueue([note('b', { id: '5' })]);
    await clock.advance(15_000);
    assert.deepEqual([bodies('5'), aside.states().at(-1)], [['b'], 'b settled']);
    // Nor is it sent again by whoever handed it over.
    durable.stop();
    await clock.advance(60_000);
    assert.equal(aside.outbox.leads, true);
    assert.deepEqual([bodies('1'), bodies('5')], [['a'], ['b']]);
  });

  it('A9 B5 what was handed over is settled in every tab, and not only in the one that handed it over', async () => {
    const { clock, host, tab, bodies } = browser();
    const [aside, other] = [tab('aside', inMemory()), tab('other', inMemory())];
    await clock.advance(0);
    host.trouble = { fail: { writeTickets: 'offline' } };
    await aside.outbox.enqueue([note('a', { id: '1' })]);
    await clock.advance(15_000);
    const durable = tab('durable');
    await clock.advance(10_000);
    host.trouble = {};
    await clock.advance(120_000);
    assert.deepEqual(bodies('1'), ['a']);
    for (const each of [aside, other, durable]) assert.deepEqual(each.states(), ['a settled']);
  });

  it('A9 B5 rows that a tab with its own store accepts just as its turn begins or ends are handed over', async () => {
    for (let turns = 0; turns < 40; turns++) {
      const { clock, tab, bodies } = browser();
      const aside = tab('aside', inMemory());
      // It is asked at every point of its first turn, and of the change to the tab with the store of all.
      const durable = turns % 2 === 0 ? undefined : (await clock.advance(100), tab('durable'));
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      await aside.outbox.enqueue([note('a', { id: '1' })]);
      await clock.advance(5000);
      (durable ?? tab('durable')).outbox.retry();
      await clock.advance(60_000);
      assert.deepEqual(bodies('1'), ['a'], `after ${turns} turns`);
    }
  });

  it('B5 a store that could not be opened is opened later, and waiting rows move there and are written once', async () => {
    const { clock, host, store, tab, bodies } = browser();
    let tries = 0;
    const open = async () => {
      if (++tries === 1) throw new DOMException('', 'UnknownError');
      return tries === 2 ? inMemory() : { store, crypto: openSealing };
    };
    const storage: ReopenedStorage = new ReopenedStorage(inMemory(), open, clock, () => one.outbox.reopened());
    const one = tab('one', storage);
    await clock.advance(0);
    host.trouble = { fail: { writeTickets: 'offline' } };
    await one.outbox.enqueue([note('a', { id: '1' })]);
    await clock.advance(80_000);
    assert.deepEqual([tries, (await store.all('outbox')).length], [2, 0]);
    await clock.advance(20_000);
    assert.deepEqual([tries, (await store.all('outbox')).length, one.states()], [3, 1, ['a pending']]);
    host.trouble = {};
    await clock.advance(120_000);
    assert.deepEqual([bodies('1'), one.states(), one.outbox.leads], [['a'], ['a settled'], true]);
  });

  it('B5 only the store that holds a row decides that it is settled', async () => {
    const { clock, locks, store, tab } = browser();
    // It holds the lock, so that neither of the others takes it.
    void locks.request('line', {}, () => new Promise(() => undefined));
    const channel = memoryChannels();
    const durable = tab('durable', { channel: channel() });
    await clock.advance(0);
    await durable.outbox.enqueue([note('a', { id: '1' })]);
    const heard: string[] = [];
    durable.outbox.subscribe(({ intent, state }) => heard.push(`${intent.key} ${state}`));
    const other = topicOf(channel(), 'outbox');
    const entry = { intent: note('a', { id: '1' }), state: 'settled', since: 0, tries: 1 };
    other.post({ type: 'entries', entries: [], began: true, own: 'another store' });
    other.post({ type: 'entry', entry, own: 'another store' });
    other.post({ type: 'entries', entries: [entry], own: 'another store' });
    await clock.advance(1000);
    assert.deepEqual([durable.states(), heard], [['a pending'], []]);
    assert.equal((await store.all('outbox')).length, 1);
    other.post({ type: 'entries', entries: [] });
    await clock.advance(1000);
    assert.deepEqual(heard, ['a settled'], 'of its own store the leader is believed');
  });
});

describe('SharedOutbox', () => {
  it('A9 one tab sends for all, in one request, and all tabs see the results', async () => {
    const { clock, sent, tab, bodies } = browser();
    const [one, two, three] = [tab('one'), tab('two'), tab('three')];
    await clock.advance(0);
    assert.deepEqual(
      [one, two, three].map(({ outbox }) => outbox.leads),
      [true, false, false],
    );
    await two.outbox.enqueue([note('a', { id: '1' })]);
    await three.outbox.enqueue([note('b', { id: '1' })]);
    await clock.advance(100);
    assert.deepEqual(one.states(), ['a pending', 'b pending']);
    assert.deepEqual(three.states(), ['a pending', 'b pending']);
    await clock.advance(10_000);
    assert.deepEqual(sent, ['one a#1']);
    assert.deepEqual(bodies('1'), ['a\n\nb']);
    for (const each of [one, two, three]) assert.deepEqual(each.states(), ['a settled', 'b settled']);
  });

  it('A9 a tab that opens later sees the waiting rows', async () => {
    const { clock, tab } = browser();
    const one = tab('one');
    await clock.advance(0);
    await one.outbox.enqueue([note('a', { id: '1' })]);
    const two = tab('two');
    await clock.advance(100);
    assert.deepEqual(two.states(), ['a pending']);
  });

  it('A9 when the leader closes, another tab sends its remaining rows, once', async () => {
    const { clock, sent, tab, bodies } = browser();
    const [one, two] = [tab('one'), tab('two')];
    await clock.advance(0);
    await one.outbox.enqueue([note('a', { id: '1' })]);
    await two.outbox.enqueue([note('b', { id: '5' })]);
    one.stop();
    await clock.advance(30_000);
    assert.equal(two.outbox.leads, true);
    assert.deepEqual(sent, ['two a', 'two b']);
    assert.deepEqual([bodies('1'), bodies('5')], [['a'], ['b']]);
  });

  it('A9 a leader that hangs is replaced after fifteen seconds, and changes nothing when it resumes', async () => {
    const { clock, sent, tab, bodies } = browser({ windowSeconds: 60 });
    // Frozen: it hears nothing, and holds the lock.
    const deaf = { post: () => {}, subscribe: () => () => {}, close: () => {} };
    const one = tab('one', { channel: deaf }, { setTimeout: () => 0, clearTimeout: () => {} });
    await clock.advance(0);
    await one.outbox.enqueue([note('a', { id: '1' })]);
    const two = tab('two');
    await clock.advance(14_000);
    assert.deepEqual([one.outbox.leads, two.outbox.leads], [true, false]);
    await clock.advance(7000);
    assert.equal(two.outbox.leads, true);
    await clock.advance(120_000);
    assert.deepEqual(sent, ['two a']);
    assert.deepEqual(bodies('1'), ['a']);
  });

  it('B5 Retry, Discard and flush reach the leader from any tab', async () => {
    const { clock, host, tab, bodies } = browser();
    const [one, two] = [tab('one'), tab('two')];
    await clock.advance(0);
    host.failNext('writeTickets', 'invalid', 1);
    await two.outbox.enqueue([note('a', { id: '1' })]);
    const flushed = two.outbox.flush();
    await clock.advance(100);
    await flushed;
    assert.deepEqual(two.states(), ['a dead']);
    two.outbox.retry('a');
    await clock.advance(100);
    assert.deepEqual([two.states(), bodies('1')], [['a settled'], ['a']]);
    host.failNext('writeTickets', 'invalid', 1);
    await two.outbox.enqueue([note('b', { id: '5' })]);
    await clock.advance(11_000);
    await two.outbox.discard('b');
    await clock.advance(100);
    assert.deepEqual([one.states(), two.states()], [['a settled'], ['a settled']]);
  });

  it('A9 B5 if the leader ends while it discards a row, the next leader discards it', async () => {
    const { clock, sent, tab } = browser({ windowSeconds: 60 });
    let isDeaf = false;
    const [one, two] = [
      tab(
        'one',
        {},
        { setTimeout: (call, after) => (isDeaf ? 0 : clock.setTimeout(call, after)), clearTimeout: () => {} },
      ),
      tab('two'),
    ];
    await clock.advance(0);
    await two.outbox.enqueue([note('a', { id: '1' }), note('b', { id: '5' })]);
    await clock.advance(100);
    isDeaf = true;
    one.stop();
    const given = two.outbox.discard('a');
    await clock.advance(120_000);
    await given;
    assert.deepEqual(sent, ['two b']);
  });

  it('A9 if the journal finds that the turn is over, the outbox ends its turn too, and leads again later', async () => {
    const { clock, store, tab, bodies } = browser();
    const one = tab('one');
    await clock.advance(0);
    // Another tab led for a moment, and is gone.
    await store.nextEpoch();
    const journal = new StoredJournal({ store, crypto: openSealing }, () => one.outbox.epoch, {
      deposed: () => one.outbox.lost(),
    });
    const kept = { sessionId: 's', waiting: [], found: { contacts: {} } };
    await assert.rejects(journal.save(kept), { name: 'Deposed' });
    assert.equal(one.outbox.leads, false);
    await clock.advance(2000);
    assert.equal(one.outbox.leads, true);
    await journal.save(kept);
    await one.outbox.enqueue([note('a', { id: '1' })]);
    await clock.advance(11_000);
    assert.deepEqual(bodies('1'), ['a']);
  });

  it('R23 a ticket is opened in the tab of the call, once, as soon as it exists', async () => {
    const { clock, tab } = browser();
    const [one, two] = [tab('one'), tab('two')];
    await clock.advance(0);
    await two.outbox.enqueue([newTicket('t'), pop({ madeBy: 't' })]);
    await two.outbox.enqueue([pop({ madeBy: 't' })]);
    await clock.advance(100);
    assert.deepEqual(one.shown, []);
    assert.equal(two.shown.length, 1);
    await two.outbox.enqueue([pop({ id: '5' }, 'other')]);
    assert.deepEqual(two.shown.slice(1), ['5 of s']);
  });

  it('B5 a follower too accepts nothing before it is stored', async () => {
    const { clock, tab } = browser();
    tab('one');
    await clock.advance(0);
    const refusing = new (class extends MemoryStore {
      override commit = () => Promise.reject(new Error('QuotaExceededError'));
    })();
    const two = tab('two', { store: refusing });
    await assert.rejects(two.outbox.enqueue([note('a', { id: '1' })]), /Quota/);
    assert.deepEqual(two.states(), []);
  });

  it('B5 rows that wait when the store is cleared are stored again and sent once', async () => {
    const { clock, tab, bodies } = browser({ windowSeconds: 60 });
    const [store, copy] = [new MemoryStore(), new MemoryStore()];
    let cleared = false;
    const clearable = new Proxy(store, {
      get: (_target, key) => {
        const own = cleared ? copy : store;
        const value: unknown = Reflect.get(own, key, own);
        return typeof value === 'function' ? (value.bind(own) as unknown) : value;
      },
    });
    const one = tab('one', { store: clearable });
    await clock.advance(0);
    await one.outbox.enqueue([note('a', { id: '1' }), note('b', { id: '5' })]);
    cleared = true;
    await clock.advance(120_000);
    assert.deepEqual([bodies('1'), bodies('5')], [['a'], ['b']]);
    assert.deepEqual(one.states().sort(), ['a settled', 'b settled']);
  });

  it('B5 a store that rejects for a while delays everything and loses nothing', async () => {
    const { clock, tab, bodies } = browser({ windowSeconds: 1 });
    let refuses = false;
    const store = new (class extends MemoryStore {
      override commit = (change: Parameters<MemoryStore['commit']>[0]) =>
        refuses && change.epoch !== undefined ? Promise.reject(new Error('QuotaExceededError')) : super.commit(change);
    })();
    const one = tab('one', { store });
    await clock.advance(0);
    await one.outbox.enqueue([note('a', { id: '1' })]);
    refuses = true;
    await clock.advance(10_000);
    assert.deepEqual(bodies('1'), [], 'nothing is sent that is not kept as being sent');
    refuses = false;
    await clock.advance(10_000);
    assert.deepEqual(bodies('1'), ['a']);
  });
});
