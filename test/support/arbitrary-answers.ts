import type { CrmHost } from '../../src/crm/crm-host.js';
import type { MemoryHost } from '../../src/memory/index.js';

const boom = (): never => {
  throw new Error('looked at');
};
const revoked = (): object => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
const circle = (): object => {
  const items: unknown[] = [];
  items.push(items);
  return Object.assign(items, { items });
};

/** Makes values that no CRM should return or throw. */
const values: readonly (() => unknown)[] = [
  () => null,
  () => undefined,
  () => 7,
  () => NaN,
  () => true,
  () => 'no network',
  () => '<!doctype html><title>Proxy</title>',
  () => Symbol('x'),
  () => 10n,
  () => [],
  () => [null],
  () => [{}],
  () => ({}),
  () => ({ items: null }),
  () => ({ items: [null, 7, {}, { id: 1 }] }),
  () => ({ items: [], next: 7 }),
  () => ({ id: null, name: {}, phoneNumbers: 'x', createdAt: 0 }),
  () => ({ id: 'x', subject: 7, status: 'odd', contactId: [], updatedAt: {}, fields: 1 }),
  () => ({ code: 'odd', message: 7, outcome: 'odd', retryAfter: 'soon' }),
  () => ({ code: 'unavailable', outcome: 'not-applied', message: 'x', retryAfter: 1e12 }),
  () => ({ code: 'rate-limited', outcome: 'not-applied', message: 'x', retryAfter: -1 }),
  () => Object.create(null),
  () => Object.defineProperty({}, 'code', { enumerable: true, get: boom }),
  () => Object.defineProperty({}, 'items', { enumerable: true, get: boom }),
  () => Object.defineProperty({ id: 'x' }, 'name', { enumerable: true, get: boom }),
  () => new Proxy({}, { get: boom }),
  () => new Proxy([], { get: boom }),
  () => [new Proxy({}, { get: boom })],
  () => ({ then: boom }),
  () => () => 1,
  revoked,
  circle,
];
const ways = ['answers', 'rejects with', 'throws', 'answers after its work', 'rejects after its work'] as const;

const calls: ReadonlySet<PropertyKey> = new Set<keyof CrmHost>([
  ...(['getAgent', 'getSettings', 'findContacts', 'getContact', 'createContact', 'findTickets', 'getTicket'] as const),
  ...(['createTicket', 'writeTickets', 'listFields', 'createFields', 'findAgents', 'listTeams'] as const),
  ...(['openTicket', 'openContact', 'saveSettings', 'signIn', 'notify'] as const),
]);

/** A CRM that sometimes gives random answers. */
export class IllHost {
  readonly host: MemoryHost;
  /** The probability, 0 to 1, that a call gets a random answer. */
  illness = 0;
  /** The number of random answers, by the name of the method. */
  readonly met = new Map<string, number>();

  constructor(well: MemoryHost, random: () => number) {
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
    this.host = new Proxy(well, {
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key, target);
        if (typeof value !== 'function') return value;
        const call = value.bind(target) as (...given: unknown[]) => unknown;
        if (!calls.has(key)) return call;
        return (...given: unknown[]): unknown => {
          if (random() >= this.illness) return call(...given);
          const [way, wrong] = [pick(ways), pick(values)()];
          this.met.set(String(key), (this.met.get(String(key)) ?? 0) + 1);
          switch (way) {
            case 'answers':
              return wrong;
            case 'throws':
              throw wrong;
            case 'rejects with':
              return Promise.reject(wrong as Error);
            case 'answers after its work':
              return Promise.resolve(call(...given)).then(() => wrong);
            case 'rejects after its work':
              return Promise.resolve(call(...given)).then(() => Promise.reject(wrong as Error));
          }
        };
      },
    });
  }
}
