import { SipTelephony } from '../../../src/sip/index.js';
import { settle } from '../../../src/testing/index.js';
import type { TelephonyFixture } from '../../../src/testing/index.js';
import { Customer, type Conduct } from './customer.js';
import { timeBesideServer } from './real-time.js';

export interface Place {
  server: string;
  domain: string;
  /** Keeps several runs on one server apart. */
  shard: number;
}

const passwordOf = (user: string): string => `secret of ${user}`;
const retryAfter = 1_000;

/** SipTelephony over a real server, with telephones that ring, answer and hang up when the time that is told to them comes. */
export async function sipFixture({ server, domain, shard }: Place): Promise<TelephonyFixture> {
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
  const customers: Customer[] = [];
  const customer = async (user: string, conduct: Conduct, register = true): Promise<Customer> => {
    const one = new Customer(server, domain, user, passwordOf(user), register);
    customers.push(one);
    one.conduct = conduct;
    await one.signIn();
    return one;
  };
  const after = (milliseconds: number, run: () => void): void => void time.setTimeout(run, milliseconds);

  /** Rings for a while, and then does what it does. */
  const telephone = async (user: string, seconds: number, then: (one: Customer) => void): Promise<void> => {
    const one = await customer(user, 'rings');
    one.onRing = () => after(seconds * 1000, () => then(one));
  };
  await Promise.all([
    telephone(numbers.answered, 3, (one) => one.answer()),
    telephone(numbers.busy, 1, (one) => one.refuse(486)),
    telephone(numbers.noAnswer, 30, (one) => one.refuse(480)),
    telephone(numbers.hangsUp, 3, (one) => {
      one.answer();
      after(12_000, () => one.hangUp());
    }),
    telephone(users.colleague, 2, (one) => one.answer()),
    telephone(users.queue, 2, (one) => one.answer()),
    telephone(outside, 2, (one) => one.answer()),
    telephone(users.declines, 2, (one) => one.refuse(603)),
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
    agents: colleagues,
    queues: [{ id: 'q-repairs', user: users.queue, label: 'Repairs' }],
    storage: memoryStorage(),
    clock: time,
    timers: time,
  });

  const callers = new Map<string, Customer>();
  let calls = 0;
  /** A queue that offers a call again when the agent cannot take it now. */
  const incoming = async (number: string): Promise<string> => {
    const id = `call-${shard}-${++calls}`;
    const caller = await customer(number, 'rings', false);
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
      for (const one of customers) one.leave();
      await settle();
    },
  };
}

function memoryStorage() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}
