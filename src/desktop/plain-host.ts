import * as v from 'valibot';
import type { CrmHost } from '../crm/crm-host.js';
import type { Environment } from '../environment/environment.js';
import { plainCopy } from '../domain/plain-copy.js';
import { guardedHost, type GuardedCall } from './guarded-host.js';

/** An invalid time becomes empty. It is not shown and sorts as the earliest. The rest of the answer stays usable. */
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
const pageOf = <T extends v.GenericSchema>(item: T) =>
  v.looseObject({ items: v.array(item), next: v.optional(v.string()) });
const writeResult = v.looseObject({ key: v.string(), ok: v.boolean() });

const calls: Readonly<Record<string, GuardedCall>> = {
  findContacts: { what: 'the contacts', shape: pageOf(contact), kind: 'look-up' },
  getContact: { what: 'the contact', shape: v.optional(contact), kind: 'look-up' },
  findTickets: { what: 'the tickets', shape: pageOf(ticket), kind: 'look-up' },
  getTicket: { what: 'the ticket', shape: v.optional(ticket), kind: 'look-up' },
  createContact: { what: 'the contact', shape: contact, kind: 'write' },
  createTicket: { what: 'the ticket', shape: ticket, kind: 'write' },
  writeTickets: { what: 'the tickets', shape: v.array(writeResult), kind: 'write' },
  listFields: { what: 'the fields', shape: v.array(v.looseObject({ key: v.string(), type: v.string() })) },
  getAccount: { what: 'the account', shape: v.looseObject({}) },
  findAgents: { what: 'the agents', shape: v.array(v.looseObject({ id: v.string(), name: v.string() })) },
  openTicket: { what: 'the ticket', shape: v.unknown() },
};

/**
 * A guarded host whose records are plain data with long texts cut. This file loads after the first paint, which needs
 * no records.
 */
export const plainHost = (host: CrmHost, environment: Pick<Environment, 'timers'>): CrmHost =>
  guardedHost(host, environment, calls, plainCopy);
