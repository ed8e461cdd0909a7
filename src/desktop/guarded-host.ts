import * as v from 'valibot';
import { CrmError } from '../crm/crm-error.js';
import type { CrmHost, LookUpOptions } from '../crm/crm-host.js';
import type { Environment } from '../domain/environment.js';

const waits = { lookUp: 10_000, write: 30_000 };

const contact = v.looseObject({
  id: v.string(),
  name: v.string(),
  phoneNumbers: v.array(v.string()),
  createdAt: v.string(),
});
const ticket = v.looseObject({
  id: v.string(),
  subject: v.string(),
  status: v.picklist(['new', 'open', 'pending', 'hold', 'solved', 'closed']),
  contactId: v.string(),
  updatedAt: v.string(),
  fields: v.record(v.string(), v.unknown()),
});
const agent = v.looseObject({ id: v.string(), name: v.string(), teams: v.array(v.string()) });
const pageOf = <T extends v.GenericSchema>(item: T) =>
  v.looseObject({ items: v.array(item), next: v.optional(v.string()) });
const writeResult = v.looseObject({ key: v.string(), ok: v.boolean() });

/**
 * A host whose answers have the shape that the port promises, and come in time or not at all.
 * A wrong shape is `unavailable`; silence is `timeout` (look-ups 10 s, writes 30 s, of unknown outcome).
 */
export function guardedHost(host: CrmHost, { timers }: Pick<Environment, 'timers'>): CrmHost {
  const { name } = host;
  const lookUp = <T>(
    what: string,
    shape: v.GenericSchema,
    ask: (signal: AbortSignal) => Promise<T>,
    given?: AbortSignal,
  ) =>
    inTime(timers, waits.lookUp, what, name, 'not-applied', given, ask).then((answer) =>
      shaped(shape, answer, what, name, 'not-applied'),
    );
  const write = <T>(what: string, shape: v.GenericSchema, ask: () => Promise<T>) =>
    inTime(timers, waits.write, what, name, 'unknown', undefined, ask).then((answer) =>
      shaped(shape, answer, what, name, 'unknown'),
    );
  const withSignal = (options: LookUpOptions | undefined, signal: AbortSignal): LookUpOptions => ({
    ...options,
    signal,
  });

  return new Proxy(host, {
    get(target, property) {
      switch (property as keyof CrmHost) {
        case 'getAgent':
          return () => lookUp('the agent', agent, () => target.getAgent());
        case 'getSettings':
          return () => lookUp('the settings', v.looseObject({}), () => target.getSettings());
        case 'findContacts':
          return ((query, options) =>
            lookUp(
              'the contacts',
              pageOf(contact),
              (signal) => target.findContacts(query, withSignal(options, signal)),
              options?.signal,
            )) satisfies CrmHost['findContacts'];
        case 'getContact':
          return ((id, options) =>
            lookUp(
              'the contact',
              v.optional(contact),
              (signal) => target.getContact(id, withSignal(options, signal)),
              options?.signal,
            )) satisfies CrmHost['getContact'];
        case 'findTickets':
          return ((query, options) =>
            lookUp(
              'the tickets',
              pageOf(ticket),
              (signal) => target.findTickets(query, withSignal(options, signal)),
              options?.signal,
            )) satisfies CrmHost['findTickets'];
        case 'getTicket':
          return ((id, options) =>
            lookUp(
              'the ticket',
              v.optional(ticket),
              (signal) => target.getTicket(id, withSignal(options, signal)),
              options?.signal,
            )) satisfies CrmHost['getTicket'];
        case 'createContact':
          return ((draft, key) =>
            write('the contact', contact, () => target.createContact(draft, key))) satisfies CrmHost['createContact'];
        case 'createTicket':
          return ((draft, key) =>
            write('the ticket', ticket, () => target.createTicket(draft, key))) satisfies CrmHost['createTicket'];
        case 'writeTickets':
          return ((writes) =>
            write('the tickets', v.array(writeResult), () =>
              target.writeTickets(writes),
            )) satisfies CrmHost['writeTickets'];
        case 'openTicket':
          return ((id) =>
            lookUp('the ticket', v.unknown(), () => target.openTicket(id))) satisfies CrmHost['openTicket'];
        default: {
          const value: unknown = Reflect.get(target, property, target);
          return typeof value === 'function' ? value.bind(target) : value;
        }
      }
    },
  });
}

/** The answer, or a rejection when it does not come: the port's own abort goes with it. */
export async function inTime<T>(
  timers: Environment['timers'],
  milliseconds: number,
  what: string,
  who: string,
  outcome: 'not-applied' | 'unknown',
  given: AbortSignal | undefined,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const giveUp = () => controller.abort(given?.reason);
  if (given?.aborted) giveUp();
  given?.addEventListener('abort', giveUp, { once: true });
  let timer: unknown;
  const silence = new Promise<never>((_, reject) => {
    timer = timers.setTimeout(() => {
      reject(new CrmError('timeout', `${who} did not answer when asked for ${what}`, { outcome }));
      controller.abort();
    }, milliseconds);
  });
  try {
    // A port may throw before it returns a promise.
    return await Promise.race([Promise.resolve().then(() => ask(controller.signal)), silence]);
  } finally {
    timers.clearTimeout(timer);
    given?.removeEventListener('abort', giveUp);
  }
}

function shaped<T>(
  shape: v.GenericSchema,
  answer: T,
  what: string,
  who: string,
  outcome: 'not-applied' | 'unknown',
): T {
  if (v.is(shape, answer)) return answer;
  throw new CrmError('unavailable', `${who} answered something else than ${what}`, { outcome });
}
