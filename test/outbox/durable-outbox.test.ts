import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CrmError } from '../../src/crm/crm-error.js';
import type { CrmHost, TicketWrite } from '../../src/crm/crm-host.js';
import type { MemoryHost } from '../../src/memory/index.js';
import { DurableOutbox } from '../../src/outbox/durable-outbox.js';
import { MemoryStore, openSealing } from '../../src/environment/in-memory.js';
import { newRows } from '../../src/outbox/outbox-row.js';
import { OutboxStore } from '../../src/outbox/outbox-store.js';
import { backOff, verdict } from '../../src/outbox/retry-policy.js';
import type { Intent } from '../../src/records/intent.js';
import type { SimulatedTime } from '../../src/testing/simulated-time.js';
import { MIA, crmData } from '../support/crm-data.js';
import { setUpOutbox as setUp } from '../support/durable-outbox.js';
import { at, newTicket, note, origin } from '../support/intents.js';

describe('DurableOutbox', () => {
  it('B3 keeps the order of the writes to one ticket, also while the first is retried', async () => {
    const { host, outbox, clock, bodies } = await setUp();
    host.failNext('writeTickets', 'unavailable', 2);
    await outbox.enqueue([note('a', { id: '1' }, 's1')]);
    await outbox.enqueue([note('b', { id: '1' }, 's2'), note('c', { id: '5' }, 's3')]);
    await clock.advance(60_000);
    assert.deepEqual(bodies('1'), ['a', 'b']);
    assert.deepEqual(bodies('5'), ['c'], 'another ticket does not wait');
  });

  it('R26 creates contact and ticket in order, and rows that refer to them wait for them', async () => {
    const { host, outbox, clock } = await setUp();
    host.failNext('createContact', 'rate-limited', 1);
    await outbox.enqueue([
      { kind: 'create-contact', key: 'k', sessionId: 's', at, draft: { name: 'New', phoneNumber: '+16285550123' } },
      {
        kind: 'create-ticket',
        key: 't',
        sessionId: 's',
        at,
        contact: { madeBy: 'k' },
        draft: {
          subject: 'Call',
          comment: { body: 'first', public: false },
          origin: { sessionId: 's', channel: 'outbound-call' },
        },
      },
      note('n', { madeBy: 't' }),
    ]);
    await clock.advance(60_000);
    const [ticket] = host.tickets().filter(({ origin }) => origin?.sessionId === 's');
    assert.equal(host.contact(ticket!.contactId)!.name, 'New');
    assert.deepEqual(
      host.comments(ticket!.id).map(({ body }) => body),
      ['first', 'n'],
    );
  });

  it('B5 after a conflict, the ticket is read again and written once', async () => {
    const tries: string[] = [];
    const { outbox, clock, bodies } = await setUp((memory) => ({
      writeTickets: async (writes: readonly TicketWrite[]) => {
        if (tries.length === 0) memory.addComment('1', { body: 'somebody else', public: true });
        const results = await memory.writeTickets(writes);
        tries.push(results.map((result) => (result.ok ? 'ok' : result.reason)).join());
        return results;
      },
    }));
    await outbox.enqueue([note('a', { id: '1' })]);
    await clock.advance(60_000);
    assert.deepEqual(tries, ['conflict', 'ok']);
    assert.deepEqual(bodies('1'), ['somebody else', 'a']);
  });

  it('B5 a rate-limited CRM gets no request until its Retry-After is over, and is then written to once', async () => {
    let calls = 0;
    const { outbox, clock, bodies, states } = await setUp((memory) => ({
      writeTickets: async (writes: readonly TicketWrite[]) => {
        if (++calls > 1) return memory.writeTickets(writes);
        const later = { ok: false, outcome: 'not-applied', reason: 'rate-limited', message: 'later' } as const;
        return writes.map(({ key }) => ({ key, ...later, retryAfter: 90 }));
      },
    }));
    await outbox.enqueue([note('a', { id: '1' })]);
    await clock.advance(89_000);
    assert.deepEqual([states(), calls], [['a pending'], 1]);
    await clock.advance(2000);
    assert.deepEqual([bodies('1'), calls], [['a'], 2]);
  });

  it('B3 a row that another tab stored without a message is sent before rows that were accepted after it', async () => {
    const { store, outbox, clock, bodies } = await setUp();
    await store.add(newRows([note('a', { id: '1' })], clock.now()));
    await outbox.enqueue([note('b', { id: '1' })]);
    await clock.advance(1000);
    assert.deepEqual(bodies('1'), ['a', 'b']);
  });

  it('B5 tries again with maybe-applied and the same key after an unknown outcome', async () => {
    const asked: string[] = [];
    const { outbox, clock, bodies } = await setUp((memory) => ({
      writeTickets: async (writes: readonly TicketWrite[]) => {
        asked.push(`${writes[0]!.key} ${writes[0]!.attempt}`);
        const results = await memory.writeTickets(writes);
        if (asked.length === 1) throw new CrmError('offline', 'cut', { outcome: 'unknown' });
        return results;
      },
    }));
    await outbox.enqueue([note('a', { id: '1' })]);
    await clock.advance(60_000);
    assert.deepEqual(asked, ['a first', 'a maybe-applied']);
    assert.deepEqual(bodies('1'), ['a']);
  });

  it('B5 a write without a sign-in is parked, and sent without help once the agent is signed in', async () => {
    const { host, outbox, clock, bodies, states } = await setUp();
    host.signOut();
    await outbox.enqueue([note('a', { id: '1' }), note('b', { id: '5' }, 's2')]);
    await clock.advance(45_000);
    assert.deepEqual(states(), ['a parked', 'b parked']);
    await host.signIn();
    await clock.advance(31_000);
    assert.deepEqual([bodies('1'), bodies('5')], [['a'], ['b']]);
  });

  it('B5 a parked write is sent at once after a reload, because the agent has often just signed in', async () => {
    const shared = new MemoryStore();
    const { host, outbox, clock, bodies } = await setUp(undefined, { store: shared });
    host.signOut();
    await outbox.enqueue([note('a', { id: '1' })]);
    await clock.advance(1000);
    outbox.stop();
    await host.signIn();
    const next = await DurableOutbox.open({
      ...{
        host,
        environment: { clock, timers: clock },
        store: new OutboxStore({ store: shared, crypto: openSealing }),
      },
      batching: () => ({ comments: false, updates: false, windowSeconds: 10 }),
    });
    await clock.advance(100);
    assert.deepEqual(bodies('1'), ['a']);
    next.stop();
  });

  it('B5 a parked write is parked again after a reload without a sign-in, and sent once the agent is signed in', async () => {
    const shared = new MemoryStore();
    const { host, outbox, clock, bodies } = await setUp(undefined, { store: shared });
    host.signOut();
    await outbox.enqueue([note('a', { id: '1' })]);
    await clock.advance(1000);
    outbox.stop();
    const next = await DurableOutbox.open({
      ...{
        host,
        environment: { clock, timers: clock },
        store: new OutboxStore({ store: shared, crypto: openSealing }),
      },
      batching: () => ({ comments: false, updates: false, windowSeconds: 10 }),
    });
    await clock.advance(1000);
    assert.deepEqual(
      next.entries.map(({ state }) => state),
      ['parked'],
    );
    await host.signIn();
    await clock.advance(31_000);
    assert.deepEqual(bodies('1'), ['a']);
    next.stop();
  });

  it('B5 a row that cannot be read any more blocks no other row, and is reported once', async () => {
    const shared = new MemoryStore();
    const { outbox, host, clock, bodies } = await setUp(undefined, {
      store: shared,
      batching: { comments: true, updates: true, windowSeconds: 10 },
    });
    await outbox.enqueue([note('a', { id: '1' }), note('b', { id: '5' })]);
    outbox.stop();
    let told = 0;
    const open = (sealed: unknown) =>
      (sealed as { key: string }).key === 'a'
        ? Promise.reject(new DOMException('', 'OperationError'))
        : Promise.resolve(sealed);
    const next = await DurableOutbox.open({
      ...{ host, environment: { clock, timers: clock } },
      store: new OutboxStore({ store: shared, crypto: { ...openSealing, open } }, () => told++),
      batching: () => ({ comments: false, updates: false, windowSeconds: 10 }),
    });
    await clock.advance(11_000);
    await next.refresh();
    assert.deepEqual([bodies('1'), bodies('5'), told], [[], ['b'], 1]);
    next.stop();
  });

  it('B5 a row that fails to open for another reason is not lost: the store is read again', async () => {
    const shared = new MemoryStore();
    const { outbox, host, clock } = await setUp(undefined, {
      store: shared,
      batching: { comments: true, updates: true, windowSeconds: 10 },
    });
    await outbox.enqueue([note('a', { id: '1' })]);
    outbox.stop();
    const cut = () => Promise.reject(new Error('the connection was cut'));
    const opened = DurableOutbox.open({
      ...{ host, environment: { clock, timers: clock } },
      store: new OutboxStore({ store: shared, crypto: { ...openSealing, open: cut } }),
      batching: () => ({ comments: false, updates: false, windowSeconds: 10 }),
    });
    await assert.rejects(opened, /cut/);
  });

  it('B5 parked writes are sent at once when a person presses Retry', async () => {
    const { host, outbox, clock, bodies } = await setUp();
    host.failNext('writeTickets', 'unauthorized', 1);
    await outbox.enqueue([note('a', { id: '1' })]);
    await clock.advance(1000);
    outbox.retry('a');
    await clock.advance(0);
    assert.deepEqual(bodies('1'), ['a']);
  });

  it('B5 a refused row shows its reason, blocks no other row, and is retried on request', async () => {
    const { host, outbox, clock, bodies, states } = await setUp();
    host.failNext('writeTickets', 'invalid', 1);
    await outbox.enqueue([note('a', { id: '1' })]);
    await clock.advance(1000);
    await outbox.enqueue([note('b', { id: '1' })]);
    await clock.advance(1000);
    assert.deepEqual(states(), ['a dead', 'b settled']);
    assert.equal(outbox.entries[0]!.failure!.code, 'invalid');
    outbox.retry();
    await clock.advance(1000);
    assert.deepEqual(bodies('1'), ['b', 'a']);
  });

  it('B5 what could not be written for a while begins with the time of its event, once', async () => {
    const { host, outbox, clock, bodies } = await setUp();
    host.trouble = { fail: { writeTickets: 'unavailable', createTicket: 'offline' } };
    await outbox.enqueue([note('a', { id: '1' }), newTicket('t')]);
    await clock.advance(600_000);
    host.trouble = { fail: { writeTickets: 'unavailable', createTicket: 'unavailable' } };
    await clock.advance(600_000);
    host.trouble = {};
    await outbox.enqueue([note('b', { id: '5' })]);
    await clock.advance(120_000);
    assert.deepEqual(bodies('1'), ['2026-11-22 10:00:00 UTC\na']);
    assert.deepEqual(bodies('5'), ['b'], 'the CRM’s own time says it');
    const made = host.tickets().find(({ origin: from }) => from?.sessionId === 's');
    assert.deepEqual(bodies(made!.id), ['2026-11-22 10:00:00 UTC\nfirst']);
  });

  it('R20 a contact that was created and then deleted is created again when it is needed again', async () => {
    const { host, outbox, clock } = await setUp();
    const contact = (sessionId: string): Intent => ({
      kind: 'create-contact',
      key: 'shared',
      sessionId,
      at,
      draft: { name: 'New', phoneNumber: '+16285550123' },
    });
    await outbox.enqueue([contact('s1'), newTicket('t1', 't1', { madeBy: 'shared' })]);
    await clock.advance(1000);
    const [first] = host.contacts().filter(({ name }) => name === 'New');
    await outbox.enqueue([contact('s2'), newTicket('t2', 't2', { madeBy: 'shared' })]);
    await clock.advance(1000);
    assert.equal(host.contacts().filter(({ name }) => name === 'New').length, 1, 'it is there: nothing is made');
    for (const { id } of host.tickets().filter(({ contactId }) => contactId === first!.id))
      host.setStatus(id, 'closed');
    host.deleteContact(first!.id);
    await outbox.enqueue([contact('s3'), newTicket('t3', 't3', { madeBy: 'shared' })]);
    await clock.advance(1000);
    const [again, ...more] = host.contacts().filter(({ name }) => name === 'New');
    assert.deepEqual(more, []);
    assert.deepEqual(
      host.tickets().flatMap(({ contactId, subject }) => (contactId === again!.id ? [subject] : [])),
      ['t3'],
    );
    assert.ok(outbox.entries.every(({ state }) => state === 'settled'));
  });

  it('B5 Retry of one part of a group loses none of the others', async () => {
    let calls = 0;
    const { outbox, clock, bodies, states } = await setUp(
      (memory) => ({
        writeTickets: async (writes: readonly TicketWrite[]) => {
          calls++;
          if (calls === 1) throw new CrmError('timeout', 'No answer.', { outcome: 'unknown' });
          if (calls > 2) return memory.writeTickets(writes);
          const refused = { ok: false, outcome: 'refused', reason: 'not-found', message: 'No such ticket.' } as const;
          return writes.map(({ key }) => ({ key, ...refused }));
        },
      }),
      { batching: { comments: true, updates: true, windowSeconds: 1 } },
    );
    await outbox.enqueue([note('a', { id: '1' }, 's1'), note('b', { id: '1' }, 's2')]);
    await clock.advance(30_000);
    assert.deepEqual(states(), ['a dead', 'b dead']);
    outbox.retry('b');
    await clock.advance(30_000);
    outbox.retry();
    await clock.advance(30_000);
    assert.deepEqual(states(), ['a settled', 'b settled']);
    for (const word of ['a', 'b']) assert.match(bodies('1').join(), new RegExp(`\\b${word}\\b`));
  });

  it('B5 a discarded row is removed, with the rows that depend on it', async () => {
    const { host, outbox, clock, states } = await setUp();
    host.failNext('createContact', 'invalid', 1);
    await outbox.enqueue([
      { kind: 'create-contact', key: 'k', sessionId: 's', at, draft: { name: 'New' } },
      newTicket('t', 'T', { madeBy: 'k' }),
      note('n', { madeBy: 't' }),
      note('other', { id: '1' }),
    ]);
    await clock.advance(1000);
    assert.deepEqual(states(), ['k dead', 't pending', 'n pending', 'other settled']);
    await outbox.discard('k');
    assert.deepEqual(states(), ['other settled']);
    assert.equal(host.auditLog.filter(({ what }) => what === 'contact.created').length, 0);
  });

  it('Q4 keeps a limited number of settled rows, and sends nothing for a repeated key', async () => {
    let sent = 0;
    const { outbox, clock, bodies } = await setUp((memory) => ({
      writeTickets: (writes: readonly TicketWrite[]) => {
        sent += writes.length;
        return memory.writeTickets(writes);
      },
    }));
    for (let key = 0; key < 300; key++) {
      await outbox.enqueue([note(`n${key}`, { id: '1' })]);
      await clock.advance(60_000);
    }
    assert.equal(outbox.entries.length, 100);
    await outbox.enqueue([note('n0', { id: '1' })]);
    await clock.advance(60_000);
    assert.deepEqual([bodies('1').length, sent], [300, 300]);
  });
});

describe('batching', () => {
  const on = { comments: true, updates: true, windowSeconds: 10 };
  const counting = (calls: number[][]) => (memory: MemoryHost) => ({
    writeTickets: (writes: readonly TicketWrite[]) => {
      calls.push(writes.map(({ ticketId }) => Number(ticketId)));
      return memory.writeTickets(writes);
    },
  });
  const by = (intent: Intent, authorId: string): Intent =>
    ({ ...intent, comment: { body: intent.key, public: false, authorId } }) as Intent;

  it('B2 all writes within the window, which begins with the first, are sent together', async () => {
    const calls: number[][] = [];
    const { outbox, clock, bodies } = await setUp(counting(calls), { batching: on });
    await outbox.enqueue([note('a', { id: '1' })]);
    await clock.advance(6000);
    await outbox.enqueue([note('b', { id: '5' }, 'other'), note('c', { id: '1' })]);
    await clock.advance(3900);
    assert.deepEqual(calls, []);
    await clock.advance(100);
    assert.deepEqual(calls, [[1, 5]]);
    assert.deepEqual(bodies('1'), ['a\n\nc']);
    await outbox.enqueue([note('d', { id: '6' })]);
    await clock.advance(9900);
    assert.equal(calls.length, 1, 'the next window is a new one');
    await clock.advance(100);
    assert.deepEqual(calls, [[1, 5], [6]]);
  });

  it('B3 comments of two authors are never combined, and keep their order', async () => {
    const { outbox, clock, host } = await setUp(() => ({}), { batching: on });
    await outbox.enqueue([
      by(note('a', { id: '1' }), '101'),
      by(note('b', { id: '1' }), '101'),
      by(note('c', { id: '1' }), '102'),
      by(note('d', { id: '1' }), '101'),
    ]);
    await clock.advance(11_000);
    assert.deepEqual(
      host.comments('1').map(({ body, authorId }) => [body, authorId]),
      [
        ['a\n\nb', '101'],
        ['c', '102'],
        ['d', '101'],
      ],
    );
  });

  it('B3 the last value of a field wins, and a file is sent alone', async () => {
    const { outbox, clock, host } = await setUp(() => ({}), { batching: on });
    const recording = { url: 'https://r.example/1', startedAt: at, durationSeconds: 3, part: 1, parts: 1 };
    const attachments = [{ name: 'scan.pdf', type: 'application/pdf', file: new Blob(['scan']) }];
    const write = (key: string, more: object) =>
      ({ kind: 'write-ticket', key, sessionId: 's', at, ticket: { id: '1' }, origin, ...more }) as Intent;
    await outbox.enqueue([
      write('f1', { fields: { '301': 'one', '302': 1 } }),
      write('c1', { comment: { body: 'before', public: false } }),
      // The link of a recording stands in the text, so that the text needs no comment of its own.
      write('rec', { comment: { body: 'recording', public: false, recording } }),
      write('file', { comment: { body: 'file', public: false, attachments } }),
      write('f2', { fields: { '301': 'two' }, assigneeId: '102' }),
    ]);
    await clock.advance(11_000);
    const { fields, assigneeId } = host.ticket('1');
    assert.deepEqual([fields['301'], fields['302'], assigneeId], ['two', 1, '102']);
    assert.deepEqual(
      host.comments('1').map(({ body }) => body),
      ['before\n\nrecording', 'file'],
    );
  });

  it('B1 comments and updates have one switch each, and an unbatched write takes the earlier ones along', async () => {
    const calls: number[][] = [];
    const { outbox, clock, bodies } = await setUp(counting(calls), { batching: { ...on, updates: false } });
    await outbox.enqueue([note('a', { id: '1' })]);
    await clock.advance(1000);
    assert.deepEqual(calls, []);
    await outbox.enqueue([{ ...note('b', { id: '1' }), assigneeId: '102' } as Intent]);
    await clock.advance(0);
    assert.deepEqual(calls, [[1], [1]]);
    assert.deepEqual(bodies('1'), ['a', 'b']);
  });

  it('B2 a hundred waiting tickets do not wait for the end of the window', async () => {
    const calls: number[][] = [];
    const many = Array.from({ length: 100 }, (_, index) => ({ ...crmData.tickets[0]!, id: String(1000 + index) }));
    const { outbox, clock } = await setUp(counting(calls), { batching: on, data: { ...crmData, tickets: many } });
    await outbox.enqueue(many.slice(0, 99).map(({ id }) => note(`n${id}`, { id }, id)));
    await clock.advance(100);
    assert.equal(calls.length, 0);
    await outbox.enqueue([note('last', { id: '1099' }, 'last')]);
    for (let turn = 0; turn < 20; turn++) await clock.advance(1);
    assert.deepEqual(
      calls.map(({ length }) => length),
      [100],
    );
  });

  it('B4 creations never wait for a window', async () => {
    const { outbox, clock, states } = await setUp(() => ({}), { batching: on });
    await outbox.enqueue([newTicket('t'), note('n', { madeBy: 't' })]);
    await clock.advance(0);
    assert.deepEqual(states(), ['t settled', 'n pending']);
  });

  it('B5 flush sends waiting rows at once', async () => {
    const { outbox, clock, bodies } = await setUp(() => ({}), { batching: on });
    await outbox.enqueue([note('a', { id: '1' })]);
    const flushed = outbox.flush();
    await clock.advance(0);
    await flushed;
    assert.deepEqual(bodies('1'), ['a']);
  });

  it('B2 a ticket near its limit of updates has a longer window', async () => {
    const calls: number[][] = [];
    const { outbox, clock, bodies } = await setUp(counting(calls), { batching: { ...on, windowSeconds: 1 } });
    for (let second = 0; second < 300; second++) {
      await outbox.enqueue([note(`n${second}`, { id: '1' })]);
      await clock.advance(1000);
    }
    await clock.advance(60_000);
    assert.ok(calls.length <= 30, `${calls.length} updates in six minutes`);
    assert.equal(
      bodies('1')
        .join('\n')
        .match(/^n\d+$/gm)!.length,
      300,
      'and nothing is lost',
    );
  });

  it('B5 a group that may have been applied is sent again unchanged, even if rows were added meanwhile', async () => {
    const keys: string[] = [];
    const { outbox, clock, bodies } = await setUp(
      (memory) => ({
        writeTickets: async (writes: readonly TicketWrite[]) => {
          keys.push(writes.map(({ key, attempt }) => `${key} ${attempt}`).join());
          const results = await memory.writeTickets(writes);
          if (keys.length === 1) throw new CrmError('timeout', 'lost', { outcome: 'unknown' });
          return results;
        },
      }),
      { batching: on },
    );
    await outbox.enqueue([note('a', { id: '1' }), note('b', { id: '1' })]);
    await clock.advance(10_100);
    await outbox.enqueue([note('c', { id: '1' })]);
    await clock.advance(30_000);
    assert.deepEqual(keys, ['a#1 first', 'a#1 maybe-applied', 'c first']);
    assert.deepEqual(bodies('1'), ['a\n\nb', 'c']);
  });
});

describe('tickets that are merged or closed', () => {
  it('R12 the remaining writes go to the end of the chain of merges, in order', async () => {
    const { host, outbox, clock, bodies } = await setUp();
    host.merge('1', '2');
    host.merge('2', '5');
    await outbox.enqueue([note('a', { id: '1' }), note('b', { id: '1' })]);
    await clock.advance(5000);
    assert.deepEqual(
      bodies('5').filter((body) => /^[ab]$/.test(body)),
      ['a', 'b'],
    );
    assert.deepEqual(
      outbox.entries.map(({ state, result }) => `${state} ${result?.ticket?.id}`),
      ['settled 5', 'settled 5'],
    );
  });

  it('R12 a merge between two tries of one write is followed', async () => {
    let calls = 0;
    const { host, outbox, clock, bodies } = await setUp((memory) => ({
      writeTickets: async (writes: readonly TicketWrite[]) => {
        if (++calls > 1) return memory.writeTickets(writes);
        memory.merge('1', '2');
        throw new CrmError('unavailable', 'for a moment', { outcome: 'unknown' });
      },
    }));
    await outbox.enqueue([note('a', { id: '1' })]);
    await clock.advance(60_000);
    assert.deepEqual(
      bodies('2').filter((body) => body === 'a'),
      ['a'],
    );
    assert.equal(host.ticket('1').status, 'closed');
  });

  it('R12 a ticket that was closed and not merged gets one follow-up, which takes all further writes', async () => {
    const { host, outbox, clock } = await setUp();
    await outbox.enqueue([note('a', { id: '4' }), note('b', { id: '4' }, 'other')]);
    await clock.advance(5000);
    await outbox.enqueue([note('c', { id: '4' }, 'later')]);
    await clock.advance(5000);
    const made = host.tickets().filter(({ origin: one }) => one?.sessionId === 's');
    assert.equal(made.length, 1);
    assert.deepEqual(
      host.comments(made[0]!.id).map(({ body }) => body),
      ['Follow-up of #4, which was closed meanwhile.\nfollow_up · s', 'a', 'b', 'c'],
    );
    assert.deepEqual([made[0]!.contactId, made[0]!.subject], [MIA, 'Ticket 4']);
  });

  it('R12 R21 a follow-up names its session, unless its first comment does', async () => {
    const about = 'Type: Voice Outbound\nCall ID: s';
    for (const [body, opening] of [
      ['call_finished', `Follow-up of #4, which was closed meanwhile.\n${about}\nfollow_up · s`],
      [`call_started\n${about}`, 'Follow-up of #4, which was closed meanwhile.\nfollow_up · s'],
    ]) {
      const { host, outbox, clock } = await setUp();
      const write = note('a', { id: '4' });
      await outbox.enqueue([{ ...write, about, comment: { body, public: false } } as typeof write]);
      await clock.advance(5000);
      const [made] = host.tickets().filter(({ origin: one }) => one?.sessionId === 's');
      assert.deepEqual(
        host.comments(made!.id).map((comment) => comment.body),
        [opening, body],
      );
    }
  });

  it('R12 X1 X2 a follow-up has the field values that the session gave to the closed ticket', async () => {
    const { host, outbox, clock } = await setUp();
    const write = note('a', { id: '4' });
    await outbox.enqueue([{ ...write, filled: { 305: 'Mobile call' }, fields: { 302: 4 } } as typeof write]);
    await clock.advance(5000);
    const [made] = host.tickets().filter(({ origin: one }) => one?.sessionId === 's');
    assert.deepEqual([made!.fields['305'], made!.fields['302']], ['Mobile call', 4]);
  });

  it('B3 R12 what a session writes to its new ticket does not overtake its rows for the old one', async () => {
    const { host, outbox, clock, bodies } = await setUp();
    host.merge('1', '5');
    await outbox.enqueue([note('a', { id: '1' }), note('b', { id: '5' }), note('c', { id: '5' }, 'other')]);
    await clock.advance(60_000);
    assert.deepEqual(
      bodies('5').filter((body) => ['a', 'b', 'c'].includes(body)),
      ['a', 'b', 'c'],
    );
  });

  it('R12 a tab that leads no more creates no follow-up for rows that another tab has written meanwhile', async () => {
    let slow = true;
    const { clock, store, host, outbox } = await setUp((memory) => ({
      getTicket: async (id) => {
        if (slow) {
          slow = false;
          await new Promise<void>((resolve) => clock.setTimeout(resolve, 5000));
        }
        return memory.getTicket(id);
      },
    }));
    await outbox.enqueue([note('a', { id: '1' })]);
    const other = await DurableOutbox.open({
      ...{ host, store },
      environment: { clock, timers: clock },
      batching: () => ({ comments: false, updates: false, windowSeconds: 10 }),
    });
    await clock.advance(1000);
    assert.deepEqual(
      other.entries.map(({ state }) => state),
      ['settled'],
    );
    host.setStatus('1', 'closed');
    await clock.advance(10_000);
    await other.refresh();
    await clock.advance(10_000);
    const followUps = host.tickets().filter(({ subject, id }) => subject === 'Ticket 1' && id !== '1');
    assert.deepEqual(followUps, []);
  });

  it('R12 subscribers get a moved write with the ticket that it was accepted for', async () => {
    const { host, outbox, clock } = await setUp();
    host.merge('1', '2');
    host.merge('2', '5');
    await outbox.enqueue([note('a', { id: '1' })]);
    await clock.advance(5000);
    const [entry] = outbox.entries;
    assert.deepEqual(entry!.intent.kind === 'write-ticket' && entry!.intent.ticket, { id: '1' });
    assert.equal(entry!.result?.ticket?.id, '5');
  });

  it('R12 a circle of merges ends in a failure that the agent sees', async () => {
    const { outbox, clock, states } = await setUp((memory) => ({
      getTicket: async (id: string) => {
        const ticket = await memory.getTicket(id);
        return ticket && { ...ticket, status: 'closed' as const, mergedInto: id === '1' ? '2' : '1' };
      },
    }));
    await outbox.enqueue([note('a', { id: '1' })]);
    for (let second = 0; second < 20; second++) await clock.advance(1000);
    assert.deepEqual(states(), ['a dead']);
  });
});

describe('stored rows', () => {
  const open = (host: CrmHost, store: OutboxStore, clock: SimulatedTime, more = {}) =>
    DurableOutbox.open({
      host,
      store,
      environment: { clock, timers: clock },
      batching: () => ({ comments: false, updates: false, windowSeconds: 10 }),
      ...more,
    });

  it('B5 a row that was being sent when the page ended is resolved with the CRM first', async () => {
    const { clock, host, store, outbox, bodies } = await setUp((memory) => ({
      writeTickets: (writes: readonly TicketWrite[]) => {
        void memory.writeTickets(writes);
        return new Promise(() => {});
      },
    }));
    await outbox.enqueue([note('a', { id: '1' })]);
    await clock.advance(1000);
    const attempts: string[] = [];
    const after = await open(
      new Proxy(host, {
        get: (target, name) =>
          name === 'writeTickets'
            ? (writes: readonly TicketWrite[]) => {
                attempts.push(...writes.map(({ attempt }) => attempt));
                return target.writeTickets(writes);
              }
            : Reflect.get(target, name, target),
      }),
      store,
      clock,
    );
    await clock.advance(1000);
    assert.deepEqual(attempts, ['maybe-applied']);
    assert.deepEqual(bodies('1'), ['a']);
    assert.deepEqual(
      after.entries.map(({ state }) => state),
      ['settled'],
    );
  });

  it('B5 a row that refers to a contact or ticket created before a reload finds it afterwards', async () => {
    const { clock, host, store, outbox } = await setUp();
    await outbox.enqueue([newTicket('t')]);
    await clock.advance(1000);
    const after = await open(host, store, clock);
    await after.enqueue([note('n', { madeBy: 't' })]);
    await after.enqueue([newTicket('t', 'Twice')]);
    await clock.advance(1000);
    const made = host.tickets().filter(({ origin: one }) => one?.sessionId === 's');
    assert.deepEqual(
      made.map(({ subject }) => subject),
      ['T'],
    );
    assert.deepEqual(
      host.comments(made[0]!.id).map(({ body }) => body),
      ['first', 'n'],
    );
  });

  it('A9 a replaced leader sends nothing more', async () => {
    let deposed = 0;
    const { clock, host, store } = await setUp();
    const one = await open(host, store, clock, { onDeposed: () => deposed++ });
    const two = await open(host, store, clock);
    await one.enqueue([note('a', { id: '1' })]);
    await clock.advance(1000);
    assert.equal(deposed, 1);
    assert.deepEqual(host.comments('1'), []);
    two.stop();
    await open(host, store, clock);
    await clock.advance(1000);
    assert.deepEqual(
      host.comments('1').map(({ body }) => body),
      ['a'],
      'what it accepted is not lost',
    );
  });

  it('B5 an intent is accepted only once it is stored, and is not sent before', async () => {
    const { clock, host } = await setUp();
    const store = new (class extends OutboxStore {
      override add = () => Promise.reject(new Error('QuotaExceededError'));
    })({ store: new MemoryStore(), crypto: openSealing });
    const outbox = await open(host, store, clock);
    await assert.rejects(outbox.enqueue([note('a', { id: '1' })]), /QuotaExceeded/);
    await clock.advance(60_000);
    assert.deepEqual(host.comments('1'), []);
  });

  it('B5 S4 rows expire while the page stays open too, and a row that is being sent comes back first', async () => {
    const { clock, host, store, outbox } = await setUp();
    host.failNext('writeTickets', 'invalid', 1);
    await outbox.enqueue([note('a', { id: '1' })]);
    await clock.advance(6 * 24 * 3_600_000);
    await outbox.refresh();
    assert.equal(outbox.entries[0]!.state, 'dead');
    await clock.advance(2 * 24 * 3_600_000);
    await outbox.refresh();
    assert.deepEqual(
      outbox.entries.map(({ state, intent }) => [state, 'comment' in intent]),
      [['expired', false]],
    );
    const { rows } = await store.load();
    assert.deepEqual(
      rows.map(({ intent }) => 'comment' in intent!),
      [false],
    );
  });

  it('B5 after a week an entry is masked, and still listed', async () => {
    const { clock, host, store, outbox } = await setUp();
    host.failNext('writeTickets', 'invalid', 1);
    await outbox.enqueue([note('a', { id: '1' })]);
    await clock.advance(8 * 24 * 3_600_000);
    const after = await open(host, store, clock);
    assert.deepEqual(
      after.entries.map(({ state, intent }) => [state, 'comment' in intent]),
      [['expired', false]],
    );
    await clock.advance(1000);
    assert.deepEqual(host.comments('1'), []);
    assert.doesNotMatch(JSON.stringify(await store.load()), /"body"/);
  });

  it('B5 a settled entry stores nothing of its contents', async () => {
    const { clock, store, outbox } = await setUp();
    await outbox.enqueue([note('secret words', { id: '1' })]);
    await clock.advance(1000);
    const [row] = (await store.load()).rows;
    assert.deepEqual(Object.keys(row!).sort(), ['due', 'key', 'made', 'order', 'since', 'state', 'tries']);
  });
});

describe('the retry policy', () => {
  it('B5 waits 1, 2, 4 … 60 s, and never less than the CRM asks for', () => {
    assert.deepEqual(
      [1, 2, 3, 7, 20].map((tries) => backOff(tries)),
      [1000, 2000, 4000, 60_000, 60_000],
    );
    assert.equal(backOff(1, 90), 90_000);
  });

  it('B5 never gives up a write that can still succeed', () => {
    const of = (code: string, outcome: 'not-applied' | 'unknown' | 'refused') => verdict({ code, outcome }, 1).state;
    assert.equal(of('unauthorized', 'not-applied'), 'parked');
    assert.equal(of('timeout', 'unknown'), 'ambiguous');
    for (const code of ['offline', 'rate-limited', 'unavailable', 'conflict'])
      assert.equal(of(code, 'not-applied'), 'pending');
    assert.deepEqual(
      [1, 3].map((tries) => verdict({ code: 'conflict', outcome: 'not-applied' }, tries)),
      [
        { state: 'pending', delay: 0 },
        { state: 'pending', delay: 4000 },
      ],
    );
    for (const code of ['closed', 'merged', 'not-found', 'invalid', 'forbidden'])
      assert.equal(of(code, 'refused'), 'dead');
  });
});
