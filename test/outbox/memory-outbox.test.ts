import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CrmError } from '../../src/crm/crm-error.js';
import type { CrmHost, TicketWrite } from '../../src/crm/crm-host.js';
import { MemoryHost } from '../../src/memory/index.js';
import { MemoryOutbox } from '../../src/outbox/memory-outbox.js';
import { backOff, verdict } from '../../src/outbox/retry-policy.js';
import type { Intent } from '../../src/records/intent.js';
import { SimulatedTime } from '../../src/testing/simulated-time.js';
import { MIA, crmData } from '../support/crm-data.js';

const time = () => new SimulatedTime();
const note = (key: string, ticket: Extract<Intent, { kind: 'write-ticket' }>['ticket'], sessionId = 's'): Intent => ({
  kind: 'write-ticket',
  key,
  sessionId,
  ticket,
  comment: { body: key, public: false },
});

function setUp(wrap: (host: MemoryHost) => Partial<CrmHost> = () => ({})) {
  const clock = time();
  const host = new MemoryHost({ data: crmData, clock, timers: clock });
  const shown: string[] = [];
  const port = new Proxy(host, {
    get: (target, name) => {
      const own = wrap(host)[name as keyof CrmHost] ?? Reflect.get(target, name, target);
      return typeof own === 'function' ? own.bind(target) : own;
    },
  }) as CrmHost;
  const outbox = new MemoryOutbox({
    host: port,
    environment: { clock, timers: clock },
    showTicket: async (id) => void shown.push(id),
  });
  const bodies = (id: string) => host.comments(id).map(({ body }) => body);
  const states = () => outbox.entries.map(({ intent, state }) => `${intent.key} ${state}`);
  return { clock, host, outbox, shown, bodies, states };
}

describe('MemoryOutbox', () => {
  it('B3 keeps the order of the writes to one ticket, also while the first is tried again', async () => {
    const { host, outbox, clock, bodies } = setUp();
    host.failNext('writeTickets', 'unavailable', 2);
    await outbox.enqueue([note('a', { id: '1' }, 's1')]);
    await outbox.enqueue([note('b', { id: '1' }, 's2'), note('c', { id: '5' }, 's3')]);
    await clock.advance(60_000);
    assert.deepEqual(bodies('1'), ['a', 'b']);
    assert.deepEqual(bodies('5'), ['c'], 'another ticket does not wait');
  });

  it('R26 makes contact and ticket in order, and what refers to them waits for them', async () => {
    const { host, outbox, clock, shown } = setUp();
    host.failNext('createContact', 'rate-limited', 1);
    await outbox.enqueue([
      { kind: 'create-contact', key: 'k', sessionId: 's', draft: { name: 'New', phoneNumber: '+16285550123' } },
      {
        kind: 'create-ticket',
        key: 't',
        sessionId: 's',
        contact: { madeBy: 'k' },
        draft: {
          subject: 'Call',
          comment: { body: 'first', public: false },
          origin: { sessionId: 's', channel: 'outbound-call' },
        },
      },
      { kind: 'open-ticket', key: 'p', sessionId: 's', ticket: { madeBy: 't' } },
      note('n', { madeBy: 't' }),
    ]);
    await clock.advance(60_000);
    const [ticket] = host.tickets().filter(({ origin }) => origin?.sessionId === 's');
    assert.equal(host.contact(ticket!.contactId)!.name, 'New');
    assert.deepEqual(
      host.comments(ticket!.id).map(({ body }) => body),
      ['first', 'n'],
    );
    assert.deepEqual(shown, [ticket!.id]);
  });

  it('B5 reads the ticket again after a conflict, and writes once', async () => {
    const { host, outbox, clock, bodies } = setUp((memory) => ({
      writeTickets: async (writes: readonly TicketWrite[]) => {
        if (memory.comments('1').length === 0) memory.addComment('1', { body: 'somebody else', public: true });
        return memory.writeTickets(writes);
      },
    }));
    void host;
    await outbox.enqueue([note('a', { id: '1' })]);
    await clock.advance(60_000);
    assert.deepEqual(bodies('1'), ['somebody else', 'a']);
  });

  it('B5 asks again with maybe-applied and the same key after an unknown outcome', async () => {
    const asked: string[] = [];
    const { outbox, clock, bodies } = setUp((memory) => ({
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

  it('B5 parks what a log-in is missing for, shows what is refused, and tries both again when told', async () => {
    const { host, outbox, clock, bodies, states } = setUp();
    host.failNext('writeTickets', 'unauthorized', 1);
    await outbox.enqueue([note('a', { id: '1' }), note('b', { id: '4' }, 'other')]);
    await clock.advance(60_000);
    assert.deepEqual(states(), ['a parked', 'b dead']);
    assert.equal(outbox.entries[1]!.failure!.code, 'closed');
    outbox.retry('a');
    await clock.advance(60_000);
    assert.deepEqual(bodies('1'), ['a']);
  });

  it('Q4 remembers no more than it needs, and still sends nothing for a key that comes again', async () => {
    let sent = 0;
    const { outbox, clock, bodies } = setUp((memory) => ({
      writeTickets: (writes: readonly TicketWrite[]) => {
        sent += writes.length;
        return memory.writeTickets(writes);
      },
    }));
    const all = async () => {
      while (outbox.entries.some(({ state }) => state !== 'settled'))
        await new Promise((resolve) => setTimeout(resolve));
    };
    for (let at = 0; at < 300; at++) await outbox.enqueue([note(`n${at}`, { id: '1' })]);
    await all();
    assert.equal(outbox.entries.length, 100);
    await outbox.enqueue([note('n0', { id: '1' })]);
    await all();
    await clock.advance(1000);
    assert.equal(bodies('1').length, 300);
    assert.equal(sent, 300);
  });

  it('R23 a screen pop that fails is not repeated, and holds up nothing', async () => {
    const clock = time();
    const host = new MemoryHost({ data: crmData, clock, timers: clock });
    let pops = 0;
    const showTicket = () => Promise.reject(new Error(`pop ${++pops}`));
    const outbox = new MemoryOutbox({ host, environment: { clock, timers: clock }, showTicket });
    await outbox.enqueue([
      { kind: 'open-ticket', key: 'p', sessionId: 's', ticket: { id: '1' } },
      note('a', { id: '1' }),
    ]);
    await clock.advance(600_000);
    assert.equal(pops, 1);
    assert.equal(host.comments('1').length, 1);
    assert.equal(host.contact(MIA)!.id, MIA);
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

  it('B5 gives up nothing that can still be written', () => {
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
