import { inMemory } from '../../../src/environment/in-memory.js';
import { SipTelephony } from '../../../src/sip/index.js';
import type { TelephonyFixture } from '../../../src/testing/index.js';
import type { Customer } from './customer.js';
import { timeBesideServer, untilQuiet } from './real-time.js';
import { hangEverythingUp, passwordOf, telephone, whenRung, type Place } from './telephones.js';

const retryAfter = 1_000;

/** SipTelephony with a real server, and telephones that ring, answer and hang up by the simulated clock. */
export async function sipFixture(place: Place): Promise<TelephonyFixture> {
  const { server, domain, shard } = place;
  const time = timeBesideServer();
  const own = (last: number): string => `+1415556${shard}${last}00`;
  const numbers = {
    answered: own(1),
    busy: own(2),
    noAnswer: own(3),
    hangsUp: own(4),
    restricted: '+19005550100',
  };
  const users = {
    agent: `agent-${shard}`,
    colleague: `colleague-${shard}`,
    declines: `declines-${shard}`,
    queue: `queue-${shard}`,
  };
  const outside = own(5);
  const after = (milliseconds: number, run: () => void): void => void time.setTimeout(run, milliseconds);
  const rung = (user: string, seconds: number, then: (one: Customer) => void): Promise<void> =>
    whenRung(place, user, time, seconds, then);
  await Promise.all([
    rung(numbers.answered, 3, (one) => one.answer()),
    rung(numbers.busy, 1, (one) => one.refuse(486)),
    rung(numbers.noAnswer, 30, (one) => one.refuse(480)),
    rung(numbers.hangsUp, 3, (one) => {
      one.answer();
      after(12_000, () => one.hangUp());
    }),
    rung(users.colleague, 2, (one) => one.answer()),
    rung(users.queue, 2, (one) => one.answer()),
    rung(outside, 2, (one) => one.answer()),
    rung(users.declines, 2, (one) => one.refuse(603)),
  ]);

  const colleagues = [
    { id: '101', user: users.agent, label: 'Alex Morgan' },
    { id: '102', user: users.colleague, label: 'Noémie Laurent' },
    { id: '104', user: users.declines, label: 'Priya Raghunathan' },
  ];
  const telephony = new SipTelephony({
    servers: [server],
    domain,
    user: users.agent,
    credentials: { password: passwordOf(users.agent) },
    outboundNumbers: [
      { number: '+18005550100', label: 'Support (US)', languages: ['en'], default: true },
      { number: '+33199000100', label: 'Assistance (France)', languages: ['fr'] },
    ],
    languages: ['en', 'fr'],
    headers: { session: 'X-Session-ID' },
    agents: colleagues,
    queues: [{ id: 'q-repairs', user: users.queue, label: 'Repairs' }],
    storage: inMemory(),
    clock: time,
    timers: time,
  });

  const callers = new Map<string, Customer>();
  let calls = 0;
  /** Calls the agent as a queue does: a call that the agent cannot take now is offered again later. */
  const incoming = async (number: string): Promise<string> => {
    const id = `call-${shard}-${++calls}`;
    const caller = await telephone(place, number, false);
    callers.set(id, caller);
    let tries = 0;
    const offer = (): void => {
      if (!callers.has(id)) return;
      caller.call(users.agent, [`X-Session-ID: ${id}`]);
      caller.onRefused = (status) => {
        if (status === 480 || status === 486) after(++tries < 12 ? retryAfter : 20 * retryAfter, offer);
      };
    };
    offer();
    // It waits until the call rings or is refused; the agent's side continues by the simulated clock.
    await caller.first;
    return id;
  };

  return {
    telephony,
    agent: { id: '101', name: 'Alex Morgan', teams: ['support'] },
    numbers,
    outboundNumber: '+18005550100',
    language: 'en',
    advance: (milliseconds) => time.advance(milliseconds),
    incoming,
    hangUp(sessionId) {
      const caller = callers.get(sessionId);
      callers.delete(sessionId);
      caller?.hangUp();
    },
    targets: {
      agent: { kind: 'agent', id: '102', label: 'Noémie Laurent' },
      queue: { kind: 'queue', id: 'q-repairs', label: 'Repairs' },
      outside: { kind: 'outside', id: outside, label: 'Workshop San Francisco' },
      declines: { kind: 'agent', id: '104', label: 'Priya Raghunathan' },
    },
    async close() {
      await telephony.disconnect();
      hangEverythingUp();
      await untilQuiet();
    },
  };
}
