import * as v from 'valibot';
import { CrmError } from '../crm/crm-error.js';
import type { CrmHost, LookUpOptions } from '../crm/crm-host.js';
import type { Environment } from '../domain/environment.js';
import { cutName } from '../domain/cut-name.js';
import { inTime } from '../domain/in-time.js';
import { own } from '../domain/own.js';

const waits = { lookUp: 10_000, write: 30_000 };

/** A time that is none is not shown, and sorts as the earliest: one record is not worth the whole answer. */
const time = v.fallback(
  v.pipe(
    v.string(),
    v.check((text) => !Number.isNaN(Date.parse(text))),
  ),
  '',
);
const contact = v.looseObject({
  id: v.string(),
  name: v.string(),
  phoneNumbers: v.array(v.string()),
  createdAt: time,
});
const ticket = v.looseObject({
  id: v.string(),
  subject: v.string(),
  status: v.picklist(['new', 'open', 'pending', 'hold', 'solved', 'closed']),
  contactId: v.string(),
  updatedAt: time,
  fields: v.record(v.string(), v.unknown()),
});
const agent = v.looseObject({
  id: v.string(),
  name: v.pipe(v.string(), v.transform(cutName)),
  teams: v.array(v.string()),
});
const pageOf = <T extends v.GenericSchema>(item: T) =>
  v.looseObject({ items: v.array(item), next: v.optional(v.string()) });
const writeResult = v.looseObject({ key: v.string(), ok: v.boolean() });

/** What is asked of the host, and the shape of its answer. A look-up takes options; a write may be applied unheard. */
interface Asked {
  what: string;
  shape: v.GenericSchema;
  kind?: 'look-up' | 'write';
}
const asked: Readonly<Record<string, Asked>> = {
  getAgent: { what: 'the agent', shape: agent },
  getSettings: { what: 'the settings', shape: v.looseObject({}) },
  findContacts: { what: 'the contacts', shape: pageOf(contact), kind: 'look-up' },
  getContact: { what: 'the contact', shape: v.optional(contact), kind: 'look-up' },
  findTickets: { what: 'the tickets', shape: pageOf(ticket), kind: 'look-up' },
  getTicket: { what: 'the ticket', shape: v.optional(ticket), kind: 'look-up' },
  createContact: { what: 'the contact', shape: contact, kind: 'write' },
  createTicket: { what: 'the ticket', shape: ticket, kind: 'write' },
  writeTickets: { what: 'the tickets', shape: v.array(writeResult), kind: 'write' },
  listFields: { what: 'the fields', shape: v.array(v.looseObject({ key: v.string(), type: v.string() })) },
  openTicket: { what: 'the ticket', shape: v.unknown() },
};

/**
 * A host whose answers have the shape that the port promises, and come in time or not at all.
 * A wrong shape is `unavailable`; silence is `timeout` (look-ups 10 s, writes 30 s, of unknown outcome).
 */
export function guardedHost(host: CrmHost, { timers }: Pick<Environment, 'timers'>): CrmHost {
  return new Proxy(host, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== 'function') return value;
      const call = typeof property === 'string' ? own(asked, property) : undefined;
      if (!call) return value.bind(target) as unknown;
      const { what, shape, kind } = call;
      const outcome = kind === 'write' ? 'unknown' : 'not-applied';
      return async (first: unknown, second?: LookUpOptions): Promise<unknown> => {
        const ask = (signal: AbortSignal): Promise<unknown> =>
          value.call(target, first, kind === 'look-up' ? { ...second, signal } : second) as Promise<unknown>;
        const given = kind === 'look-up' ? second?.signal : undefined;
        const answer = await inTime(ask, {
          ...{ timers, given },
          milliseconds: kind === 'write' ? waits.write : waits.lookUp,
          tooLate: () => new CrmError('timeout', `${host.name} did not answer when asked for ${what}`, { outcome }),
        });
        const read = v.safeParse(shape, answer);
        if (read.success) return read.output;
        throw new CrmError('unavailable', `${host.name} answered something else than ${what}`, { outcome });
      };
    },
  });
}
