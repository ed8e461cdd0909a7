/// <reference types="mocha" />
import { expect } from '@open-wc/testing';
import { deleteDB, openDB } from 'idb';
import { maskAbsent } from '../../src/desktop/absent-agents.js';
import { browserStorage } from '../../src/environment/browser-storage.js';
import { browserTabs } from '../../src/environment/browser-tabs.js';
import { isOutdated } from '../../src/environment/outdated.js';
import type { Store } from '../../src/environment/environment.js';
import { MemoryHost } from '../../src/memory/index.js';
import { IndexedDbStore, sealing } from '../../src/environment/indexed-db.js';
import { MemoryStore } from '../../src/environment/in-memory.js';
import { newRows } from '../../src/outbox/outbox-row.js';
import { OutboxStore } from '../../src/outbox/outbox-store.js';
import { realTime } from '../../src/environment/environment.js';
import { crmData } from '../support/crm-data.js';
import { note } from '../support/intents.js';
import { outboxTab } from '../support/outbox-tab.js';
import { until } from '../support/roles.js';

let count = 0;
const name = () => `test ${++count} ${Date.now()}`;
const stores: Record<string, () => Store> = {
  IndexedDbStore: () => new IndexedDbStore(name()),
  MemoryStore: () => new MemoryStore(),
};

for (const [kind, open] of Object.entries(stores))
  describe(kind, () => {
    const ids = async (store: Store, table = 't') => (await store.all(table)).map(({ id, value }) => `${id} ${value}`);

    it('B5 keeps rows in the order in which they were added, each once', async () => {
      const store = open();
      await store.commit({
        table: 't',
        add: [
          { id: 'b', value: 1 },
          { id: 'a', value: 2 },
        ],
      });
      const again = await store.commit({
        table: 't',
        add: [
          { id: 'a', value: 3 },
          { id: 'c', value: 4 },
        ],
      });
      expect(again?.added.map(({ id }) => id)).to.eql(['c']);
      expect(await ids(store)).to.eql(['b 1', 'a 2', 'c 4']);
      store.close();
    });

    it('B5 changes and removes rows in one transaction, table by table', async () => {
      const store = open();
      const { added } = (await store.commit({
        table: 't',
        add: [
          { id: 'a', value: 1 },
          { id: 'b', value: 2 },
        ],
      }))!;
      await store.commit({ table: 'other', add: [{ id: 'a', value: 9 }] });
      await store.commit({ table: 't', put: [{ ...added[0]!, value: 7 }], remove: ['b'] });
      expect([await ids(store), await ids(store, 'other')]).to.eql([['a 7'], ['a 9']]);
      store.close();
    });

    it('A9 a former leader changes nothing', async () => {
      const store = open();
      const old = await store.nextEpoch();
      const { added } = (await store.commit({ table: 't', add: [{ id: 'a', value: 1 }], epoch: old }))!;
      const now = await store.nextEpoch();
      expect(now).to.be.greaterThan(old);
      expect(await store.commit({ table: 't', put: [{ ...added[0]!, value: 2 }], remove: ['a'], epoch: old })).to.equal(
        undefined,
      );
      expect(await ids(store)).to.eql(['a 1']);
      await store.commit({ table: 't', remove: ['a'], epoch: now });
      expect(await ids(store)).to.eql([]);
      store.close();
    });

    it('B5 nothing is removed if a row was added that the caller does not know', async () => {
      const store = open();
      const { added } = (await store.commit({ table: 't', add: [{ id: 'a', value: 1 }] }))!;
      const upTo = added[0]!.order;
      await store.commit({ table: 'other', add: [{ id: 'x', value: 9 }] });
      await store.commit({ table: 't', add: [{ id: 'b', value: 2 }] });
      expect(await store.commit({ table: 't', remove: ['a'], upTo })).to.eql({ added: [], behind: true });
      expect(await ids(store)).to.eql(['a 1', 'b 2']);
      const last = (await store.all('t')).at(-1)!.order;
      expect(await store.commit({ table: 't', remove: ['a'], upTo: last })).to.eql({ added: [] });
      expect(await ids(store)).to.eql(['b 2']);
      store.close();
    });
  });

describe('IndexedDbStore', () => {
  it('B5 is available again after it was closed, and to another tab', async () => {
    const where = name();
    const one = new IndexedDbStore(where);
    await one.commit({ table: 't', add: [{ id: 'a', value: 1 }] });
    const two = new IndexedDbStore(where);
    await two.commit({ table: 't', add: [{ id: 'b', value: 2 }] });
    one.close();
    expect((await one.all('t')).map(({ id }) => id)).to.eql(['a', 'b']);
    one.close();
    two.close();
  });

  it('B5 lets a newer version of the app open its database, and rejects instead of hanging', async () => {
    const where = name();
    const store = new IndexedDbStore(where);
    await store.commit({ table: 't', add: [{ id: 'a', value: 1 }] });
    const newer = await openDB(where, 99);
    const failure = await store.all('t').catch((error: Error) => error.name);
    expect(failure).to.equal('VersionError');
    newer.close();
  });

  it('B5 rows of an older version of the app are read, and a tab that still runs it closes its connection', async () => {
    const where = name();
    let asked = 0;
    const older = await openDB(where, 1, {
      upgrade(database) {
        database.createObjectStore('rows', { keyPath: ['table', 'id'] }).createIndex('table', 'table');
        database.createObjectStore('meta');
        database.createObjectStore('keys');
      },
      blocking: () => (asked++, older.close()),
    });
    const seal = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const text = new TextEncoder().encode(JSON.stringify({ key: 'a', note: 'from before' }));
    const data = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, seal, text));
    await older.put('keys', seal, 'seal');
    await older.put('rows', { table: 'outbox', id: 'x', order: 0, value: { iv, data } });
    const now = new IndexedDbStore(where);
    const [row] = await now.all('outbox');
    expect(await sealing(() => now.keys()).open(row!.value)).to.eql({ key: 'a', note: 'from before' });
    expect(asked).to.equal(1);
    now.close();
  });

  it('R31 B5 a tab of the release before, whose store has version 2, stores nothing beside this one', async () => {
    const where = name();
    const before = await openDB(where, 2, {
      upgrade(database) {
        database.createObjectStore('rows', { keyPath: ['table', 'id'] }).createIndex('table', 'table');
        database.createObjectStore('meta');
        database.createObjectStore('keys');
      },
      blocking: () => before.close(),
    });
    await before.put('rows', { table: 'sessions', id: 'x', order: 0, value: 1 });
    const now = new IndexedDbStore(where);
    expect((await now.all('sessions')).map(({ id }) => id)).to.eql(['x']);
    const again = await openDB(where, 2).catch((error: Error) => error.name);
    expect(again).to.equal('VersionError');
    now.close();
  });

  for (const trouble of ['UnknownError', 'InvalidStateError', 'TransactionInactiveError', 'AbortError'])
    it(`B5 a severed connection (${trouble}) is opened again, and nothing is lost`, async () => {
      const store = new IndexedDbStore(name());
      const seal = sealing(() => store.keys());
      const { transaction } = IDBDatabase.prototype;
      const dead = new Set<IDBDatabase>();
      let refused = 0;
      IDBDatabase.prototype.transaction = function (...given) {
        if (dead.has(this)) {
          refused++;
          throw new DOMException('Connection to Indexed Database server lost.', trouble);
        }
        opened.push(this);
        return transaction.apply(this, given);
      };
      const opened: IDBDatabase[] = [];
      const sever = () => dead.add(opened.at(-1)!);
      try {
        const epoch = await store.nextEpoch();
        await store.commit({ table: 't', epoch, add: [{ id: 'a', value: 1 }] });
        sever();
        await store.commit({ table: 't', epoch, add: [{ id: 'b', value: 2 }] });
        sever();
        expect((await store.all('t')).map(({ id }) => id)).to.eql(['a', 'b']);
        sever();
        expect(await seal.open(await seal.seal('x'))).to.equal('x');
        sever();
        expect(await store.nextEpoch()).to.equal(epoch + 1);
        expect(refused).to.equal(4);
      } finally {
        IDBDatabase.prototype.transaction = transaction;
        store.close();
      }
    });

  it('S4 waiting rows of agents who do not come back are masked after a week by the next agent of the account', async () => {
    const account = name();
    const now = Date.parse('2026-03-02T09:00:00Z');
    const day = 86_400_000;
    const keep = async (agent: string, since: number, used: number) => {
      const store = new IndexedDbStore(`ccai ${account} ${agent}`);
      const seal = sealing(() => store.keys());
      await new OutboxStore({ store, crypto: seal }).add(newRows([note(`of ${agent}`, { id: '1' })], since));
      await store.commit({ table: 'drafts', put: [{ id: 'd', order: 0, value: await seal.seal('Mia’s notes') }] });
      await store.use(used);
      store.close();
    };
    const kept = async (agent: string) => {
      const store = new IndexedDbStore(`ccai ${account} ${agent}`);
      const { rows } = await new OutboxStore({ store, crypto: sealing(() => store.keys()) }).load();
      const drafts = await store.all('drafts');
      store.close();
      return [rows.map(({ state, intent }) => [state, 'comment' in intent!]), drafts.length];
    };
    await keep('gone', now - 8 * day, now - 8 * day);
    await keep('away', now - 3 * day, now - 3 * day);
    await keep('here', now - 8 * day, now - 8 * day);
    let leave: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (leave = resolve));
    const open = navigator.locks.request(`ccai ${account} here line`, () => held);
    await maskAbsent(account, `${account} next`, now);
    expect(await kept('gone')).to.eql([[['expired', false]], 0]);
    expect(await kept('away')).to.eql([[['pending', true]], 1]);
    expect(await kept('here')).to.eql([[['pending', true]], 1], 'a panel that is open sees to its own');
    leave();
    await open;
    await maskAbsent(account, `${account} next`, now);
    expect(await kept('here')).to.eql([[['expired', false]], 0]);
  });

  it('B5 an older version of the app stores nothing beside a newer one, and gives the reason', async () => {
    const where = name();
    const newer = await openDB(`ccai ${where}`, 99);
    const { store, crypto: sealed } = await browserStorage(where);
    expect(store.durable).to.equal(true);
    expect(await store.nextEpoch().catch(isOutdated)).to.equal(true);
    expect(await sealed.seal({}).catch(isOutdated)).to.equal(true);
    newer.close();
  });

  it('R11 B5 a recording of 60 MB is stored, sealed, and read back unchanged', async () => {
    const store = new IndexedDbStore(name());
    const seal = sealing(() => store.keys());
    const bytes = new Uint8Array(60 * 1024 * 1024);
    for (let at = 0; at < bytes.length; at += 4096) bytes[at] = at / 4096;
    const recording = { file: new Blob([bytes], { type: 'audio/wav' }), part: 1 };
    await store.commit({ table: 't', add: [{ id: 'r', value: await seal.seal({ recording }) }] });
    const [row] = await store.all('t');
    const { recording: back } = (await seal.open(row!.value)) as { recording: typeof recording };
    const read = new Uint8Array(await back.file.arrayBuffer());
    expect([back.file.type, back.part, read.length]).to.eql(['audio/wav', 1, bytes.length]);
    expect(read.every((value, at) => value === bytes[at])).to.equal(true);
    store.close();
  });

  it('B5 rows that a page stores in a database that was deleted meanwhile are readable by the next page', async () => {
    const where = name();
    const store = new IndexedDbStore(where);
    const seal = sealing(() => store.keys());
    await store.commit({ table: 't', add: [{ id: await seal.digest('a'), value: await seal.seal('before') }] });
    await deleteDB(where, { blocked: () => store.close() });
    await store.commit({ table: 't', add: [{ id: await seal.digest('b'), value: await seal.seal('after') }] });
    store.close();
    const next = new IndexedDbStore(where);
    const rows = await next.all('t');
    expect(await Promise.all(rows.map(({ value }) => sealing(() => next.keys()).open(value)))).to.eql(['after']);
    next.close();
  });

  it('B5 if another page has created keys first, those are used', async () => {
    const where = name();
    const [store, other] = [new IndexedDbStore(where), new IndexedDbStore(where)];
    const [seal, others] = [sealing(() => store.keys()), sealing(() => other.keys())];
    await seal.seal('before');
    await deleteDB(where, { blocked: () => store.close() });
    await others.seal('first');
    await store.commit({ table: 't', add: [{ id: await seal.digest('b'), value: await seal.seal('after') }] });
    const [row] = await other.all('t');
    expect(await others.open(row!.value)).to.equal('after');
    expect(row!.id).to.equal(await others.digest('b'));
    store.close();
    other.close();
  });

  it('B5 stored values cannot be read without the keys, and the keys cannot be read at all', async () => {
    const where = name();
    const store = new IndexedDbStore(where);
    const keys = await store.keys();
    const seal = sealing(() => store.keys());
    const secret = { comment: 'Mia Chen, +14155550132' };
    await store.commit({
      table: 't',
      add: [{ id: await seal.digest('velora/+14155550132/contact'), value: await seal.seal(secret) }],
    });
    const database = await openDB(where, 3);
    const rows = await database.getAll('rows');
    const bytes = rows
      .map(({ id, value }) => `${id}${new TextDecoder('latin1').decode((value as { data: Uint8Array }).data)}`)
      .join();
    expect(bytes).not.to.match(/Mia|4155550132/);
    for (const key of Object.values(keys)) {
      expect(key.extractable).to.equal(false);
      expect(await crypto.subtle.exportKey('raw', key).catch((error: Error) => error.name)).to.equal(
        'InvalidAccessError',
      );
    }
    const other = new IndexedDbStore(where);
    const again = sealing(() => other.keys());
    expect(await again.open(rows[0]!.value)).to.eql(secret);
    expect(await seal.digest('x')).to.equal(await again.digest('x'));
    other.close();
    database.close();
    store.close();
  });
});

describe('the outbox in a browser', () => {
  const tab = async (where: string, host: MemoryHost) =>
    outboxTab({
      host,
      ...browserTabs(where),
      ...(await browserStorage(where)),
      environment: { ...realTime, random: () => crypto.randomUUID() },
      batching: () => ({ comments: true, updates: true, windowSeconds: 1 }),
    });

  it('A9 two tabs share one; when one closes, the other sends its remaining rows', async () => {
    const where = name();
    const host = new MemoryHost({ data: crmData });
    const [one, two] = [await tab(where, host), await tab(where, host)];
    await until(() => one.outbox.leads);
    expect([one.outbox.durable, two.outbox.leads]).to.eql([true, false]);
    await one.outbox.enqueue([note('a', { id: '1' })]);
    await two.outbox.enqueue([note('b', { id: '5' })]);
    await until(() => two.outbox.entries.length === 2);
    one.stop();
    await until(() => two.outbox.entries.every(({ state }) => state === 'settled') && two.outbox.leads);
    expect([host.comments('1').length, host.comments('5').length]).to.eql([1, 1]);
    two.stop();
  });

  it('B5 an accepted row is there after a reload, and is sent then', async () => {
    const where = name();
    const host = new MemoryHost({ data: crmData });
    host.failNext('writeTickets', 'offline', 100);
    const before = await tab(where, host);
    await until(() => before.outbox.leads);
    await before.outbox.enqueue([note('a', { id: '1' })]);
    before.stop();
    const after = await tab(where, new MemoryHost({ data: crmData }));
    await until(() => after.outbox.entries.length === 1);
    await until(() => after.outbox.entries.every(({ state }) => state === 'settled'));
    after.stop();
  });
});
