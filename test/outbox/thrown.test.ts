import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CrmHost } from '../../src/crm/crm-host.js';
import { readThrown } from '../../src/domain/thrown.js';
import { toFailure } from '../../src/domain/failure.js';
import { failureOf } from '../../src/outbox/retry-policy.js';
import { setUpOutbox } from '../support/durable-outbox.js';
import { at, newTicket, note } from '../support/intents.js';

const throwing = Object.defineProperty({}, 'code', {
  get: () => {
    throw new Error('looked at');
  },
});
const { proxy: revoked, revoke } = Proxy.revocable({}, {});
revoke();
const thrown: readonly (readonly [name: string, value: unknown])[] = [
  ['null', null],
  ['undefined', undefined],
  ['a text', 'no network'],
  ['a number', 7],
  ['a symbol', Symbol('x')],
  ['an object without a prototype', Object.create(null)],
  ['what throws when it is read', throwing],
  ['a revoked proxy', revoked],
  ['parts of other types', { code: 1, message: {}, outcome: [], retryAfter: 'soon' }],
];

describe('B5 whatever a port throws', () => {
  for (const [name, value] of thrown)
    it(`B5 is a failure with a code and a message: ${name}`, () => {
      for (const { code, message } of [toFailure(value), failureOf(value)])
        assert.deepEqual([code, typeof message], ['unavailable', 'string']);
      assert.equal(failureOf(value).outcome, 'unknown');
      assert.equal(readThrown(value).retryAfter, undefined);
    });

  /** The host's first answer to this call is no answer; then it works. */
  const failsOnce = (call: 'createContact' | 'createTicket' | 'writeTickets' | 'getTicket', first: () => unknown) => {
    let asked = 0;
    return setUpOutbox(
      (memory) =>
        ({
          [call]: (...given: never[]) =>
            asked++ === 0 ? first() : (memory[call] as (...given: never[]) => unknown)(...given),
        }) as Partial<CrmHost>,
    );
  };
  const person = { name: 'New', phoneNumber: '+16285550123' };
  const cases = {
    createContact: { kind: 'create-contact', key: 'k', sessionId: 's', at, draft: person } as const,
    createTicket: newTicket('k'),
    writeTickets: note('k', { id: '1' }),
    getTicket: note('k', { id: '1' }),
  };
  for (const [call, intent] of Object.entries(cases))
    for (const [name, value] of thrown)
      for (const way of ['rejects with', 'throws', 'answers'] as const)
        it(`B5 leaves no row in the state sending, and is retried: ${call} ${way} ${name}`, async () => {
          const { outbox, clock, states } = await failsOnce(call as keyof typeof cases, () => {
            if (way === 'throws') throw value;
            return way === 'rejects with' ? Promise.reject(value as Error) : value;
          });
          await outbox.enqueue([intent]);
          await clock.advance(500);
          assert.ok(!states().includes('k sending'), states().join());
          assert.equal(outbox.entries[0]!.tries, 1);
          outbox.retry();
          await clock.advance(5000);
          assert.deepEqual(states(), ['k settled']);
        });

  it('B5 a write that breaks off after it was sent does not stay in the state sending, and is written once', async () => {
    let asked = 0;
    const { outbox, clock, bodies, states } = await setUpOutbox((memory) => ({
      getTicket: async (id) => {
        const ticket = (await memory.getTicket(id))!;
        if (asked++ > 0) return ticket;
        return Object.defineProperty({ ...ticket }, 'subject', {
          enumerable: true,
          get: () => {
            throw new Error('looked at');
          },
        });
      },
    }));
    await outbox.enqueue([note('k', { id: '1' })]);
    await clock.advance(500);
    assert.deepEqual(states(), ['k ambiguous']);
    outbox.retry();
    await clock.advance(5000);
    assert.deepEqual([states(), bodies('1').filter((body) => body === 'k')], [['k settled'], ['k']]);
  });

  it('B5 continues with other records after an unreadable answer', async () => {
    const { outbox, clock, bodies, states } = await setUpOutbox((memory) => ({
      writeTickets: async (writes) =>
        Promise.all(
          writes.map(async (write) =>
            write.key === 'bad'
              ? {
                  key: 'bad',
                  get ok(): never {
                    throw new Error('looked at');
                  },
                }
              : (await memory.writeTickets([write]))[0]!,
          ),
        ),
    }));
    await outbox.enqueue([note('bad', { id: '1' }, 's1'), note('good', { id: '5' }, 's2')]);
    await clock.advance(60_000);
    assert.deepEqual(bodies('5'), ['good']);
    assert.deepEqual(states(), ['bad ambiguous', 'good settled']);
  });
});
