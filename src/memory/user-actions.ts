import { CrmError } from '../crm/crm-error.js';
import type { Contact } from '../domain/contact.js';
import type { Ticket } from '../domain/ticket.js';
import { statusWhenAssigned } from './creations.js';
import type { AuditEntry, MemoryComment } from './memory-data.js';
import type { MemoryTables } from './memory-tables.js';

// The changes that users make in the CRM itself, and not through the panel. `who` is the user's id.

/** Throws `not-found`. */
export function existingContact(store: MemoryTables, id: string): Contact {
  return store.contacts.get(id) ?? missing('contact', id);
}

/** Throws `not-found`. */
export function existingTicket(store: MemoryTables, id: string): Ticket & { stamp: string } {
  return store.tickets.get(id) ?? missing('ticket', id);
}

/** Merges ticket `from` into `into`, and closes `from`. */
export function mergeTickets(store: MemoryTables, from: string, into: string, who: string): void {
  const merged = openTicket(store, from);
  if (from === into || existingTicket(store, into).status === 'closed')
    throw new CrmError('invalid', `Ticket ${from} cannot be merged into ${into}.`);
  store.comment(into, { body: `Ticket #${from} was merged into this one.`, public: false, authorId: who });
  store.comment(from, { body: `This ticket was merged into #${into}.`, public: false, authorId: who });
  store.putTicket({ ...merged, status: 'closed', mergedInto: into });
  store.putTicket(withoutStamp(existingTicket(store, into)));
  store.log({ who, what: 'ticket.merged', ticketId: from, changes: { mergedInto: into } });
}

/** Changes a ticket. Throws `invalid` for a closed one. */
export function editTicket(
  store: MemoryTables,
  ticketId: string,
  edit: Partial<Ticket>,
  who: string,
  changes: AuditEntry['changes'],
): void {
  store.putTicket({ ...openTicket(store, ticketId), ...edit });
  store.log({ who, what: 'ticket.updated', ticketId, changes });
}

export function assignTicket(store: MemoryTables, ticketId: string, assigneeId: string, who: string): void {
  if (!store.knowsAgent(assigneeId)) throw new CrmError('invalid', `There is no user ${assigneeId}.`);
  const status = statusWhenAssigned(existingTicket(store, ticketId).status, assigneeId);
  editTicket(store, ticketId, { assigneeId, status }, who, { assigneeId, status });
}

export function commentTicket(
  store: MemoryTables,
  ticketId: string,
  comment: { body: string; public?: boolean },
  who: string,
): MemoryComment {
  const ticket = openTicket(store, ticketId);
  const added = store.comment(ticketId, { body: comment.body, public: comment.public ?? false, authorId: who });
  store.putTicket(ticket);
  store.log({ who, what: 'ticket.updated', ticketId, comment: added });
  return added;
}

export function editContact(
  store: MemoryTables,
  id: string,
  changes: Partial<Omit<Contact, 'id' | 'createdAt'>>,
  who: string,
): Contact {
  const contact = store.putContact({ ...existingContact(store, id), ...changes });
  store.log({ who, what: 'contact.edited', contactId: id, changes });
  return contact;
}

/** Merges contact `from` into `into`, with its numbers and tickets. */
export function mergeContacts(store: MemoryTables, from: string, into: string, who: string): void {
  const [merged, target] = [existingContact(store, from), existingContact(store, into)];
  if (from === into) throw new CrmError('invalid', `Contact ${from} cannot be merged into itself.`);
  const { email = merged.email, identifier = merged.identifier } = target;
  const phoneNumbers = [...new Set([...target.phoneNumbers, ...merged.phoneNumbers])];
  store.putContact({ ...target, phoneNumbers, email, identifier });
  for (const { ticket } of store.tickets.find({ contactId: from })) store.tickets.put({ ...ticket, contactId: into });
  for (const [key, id] of store.applied) if (id === from && key.startsWith('contact ')) store.applied.set(key, into);
  store.contacts.remove(from);
  store.log({ who, what: 'contact.merged', contactId: from, changes: { mergedInto: into } });
}

/** Throws `invalid` if the contact has a ticket that is not closed. */
export function deleteContact(store: MemoryTables, id: string, who: string): void {
  existingContact(store, id);
  if (store.tickets.find({ contactId: id }).some(({ ticket }) => ticket.status !== 'closed'))
    throw new CrmError('invalid', `Contact ${id} has tickets that are not closed.`);
  store.contacts.remove(id);
  store.log({ who, what: 'contact.deleted', contactId: id });
}

/** A ticket that can be changed. Throws `invalid` for a closed one. */
function openTicket(store: MemoryTables, ticketId: string): Ticket {
  const ticket = existingTicket(store, ticketId);
  if (ticket.status === 'closed') throw new CrmError('invalid', `Ticket ${ticketId} is closed.`);
  return withoutStamp(ticket);
}

function withoutStamp({ stamp: _, ...ticket }: Ticket & { stamp: string }): Ticket {
  return ticket;
}

function missing(kind: string, id: string): never {
  throw new CrmError('not-found', `There is no ${kind} ${id}.`);
}
