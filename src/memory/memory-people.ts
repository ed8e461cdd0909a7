import { CrmError } from '../crm/crm-error.js';
import type { Agent } from '../domain/agent.js';
import type { Contact, FieldDefinition, FieldValue } from '../domain/contact.js';
import type { Ticket, TicketStatus } from '../domain/ticket.js';
import { statusWhenAssigned } from './creations.js';
import type { AuditEntry, MemoryComment } from './memory-data.js';
import { MemoryRecords } from './memory-records.js';

/** The data that a page of this CRM shows, and the actions of the users who work in it. */
export class MemoryPeople extends MemoryRecords {
  /** Calls back after every change of the CRM. Returns a function that stops it. */
  subscribe(listener: () => void): () => void {
    return this.store.subscribe(listener);
  }

  /** Most recently created first. */
  contacts(): readonly Contact[] {
    return this.store.contacts.all().map(({ contact }) => contact);
  }

  /** Last updated first. */
  tickets(): readonly Ticket[] {
    return this.store.tickets.all().map(({ ticket }) => ticket);
  }

  /** Throws `not-found`. */
  contact(id: string): Contact {
    return this.store.contacts.get(id) ?? missing('contact', id);
  }

  /** Throws `not-found`. */
  ticket(id: string): Ticket & { stamp: string } {
    return this.store.tickets.get(id) ?? missing('ticket', id);
  }

  /** The oldest first. */
  comments(ticketId: string): readonly MemoryComment[] {
    return this.store.commentsOf(ticketId);
  }

  get agents(): readonly Agent[] {
    return this.store.agents;
  }

  get fields(): readonly FieldDefinition[] {
    return this.store.fields;
  }

  get auditLog(): readonly AuditEntry[] {
    return this.store.audit;
  }

  // Actions of users. `by` is the user's id.

  /** Merges ticket `from` into `into` and closes it. */
  merge(from: string, into: string, by = this.agent.id): void {
    const merged = this.#editable(from);
    if (from === into || this.ticket(into).status === 'closed')
      throw new CrmError('invalid', `Ticket ${from} cannot be merged into ${into}.`);
    this.store.comment(into, { body: `Ticket #${from} was merged into this one.`, public: false, authorId: by });
    this.store.comment(from, { body: `This ticket was merged into #${into}.`, public: false, authorId: by });
    this.store.putTicket({ ...merged, status: 'closed', mergedInto: into });
    this.store.putTicket(withoutStamp(this.ticket(into)));
    this.store.log({ who: by, what: 'ticket.merged', ticketId: from, changes: { mergedInto: into } });
  }

  setStatus(ticketId: string, status: TicketStatus, by = this.agent.id): void {
    this.#edit(ticketId, { status }, by, { status });
  }

  assign(ticketId: string, assigneeId: string, by = this.agent.id): void {
    if (!this.store.knowsAgent(assigneeId)) throw new CrmError('invalid', `There is no user ${assigneeId}.`);
    const status = statusWhenAssigned(this.ticket(ticketId).status, assigneeId);
    this.#edit(ticketId, { assigneeId, status }, by, { assigneeId, status });
  }

  setFields(ticketId: string, fields: Readonly<Record<string, FieldValue>>, by = this.agent.id): void {
    this.#edit(ticketId, { fields: { ...this.ticket(ticketId).fields, ...fields } }, by, fields);
  }

  addComment(ticketId: string, comment: { body: string; public?: boolean }, by = this.agent.id): MemoryComment {
    const ticket = this.#editable(ticketId);
    const kept = this.store.comment(ticketId, { body: comment.body, public: comment.public ?? false, authorId: by });
    this.store.putTicket(ticket);
    this.store.log({ who: by, what: 'ticket.updated', ticketId, comment: kept });
    return kept;
  }

  editContact(id: string, changes: Partial<Omit<Contact, 'id' | 'createdAt'>>, by = this.agent.id): Contact {
    const contact = this.store.putContact({ ...this.contact(id), ...changes });
    this.store.log({ who: by, what: 'contact.edited', contactId: id, changes });
    return contact;
  }

  /** Merges contact `from` into `into`, with its numbers and tickets. */
  mergeContacts(from: string, into: string, by = this.agent.id): void {
    const [gone, stays] = [this.contact(from), this.contact(into)];
    if (from === into) throw new CrmError('invalid', `Contact ${from} cannot be merged into itself.`);
    const { email = gone.email, identifier = gone.identifier } = stays;
    const phoneNumbers = [...new Set([...stays.phoneNumbers, ...gone.phoneNumbers])];
    this.store.putContact({ ...stays, phoneNumbers, ...(email && { email }), ...(identifier && { identifier }) });
    for (const { ticket } of this.store.tickets.find({ contactId: from }))
      this.store.tickets.put({ ...ticket, contactId: into });
    for (const [key, id] of this.store.applied)
      if (id === from && key.startsWith('contact ')) this.store.applied.set(key, into);
    this.store.contacts.remove(from);
    this.store.log({ who: by, what: 'contact.merged', contactId: from, changes: { mergedInto: into } });
  }

  /** Throws `invalid` while the contact has a ticket that is not closed. */
  deleteContact(id: string, by = this.agent.id): void {
    this.contact(id);
    if (this.store.tickets.find({ contactId: id }).some(({ ticket }) => ticket.status !== 'closed'))
      throw new CrmError('invalid', `Contact ${id} has tickets that are not closed.`);
    this.store.contacts.remove(id);
    this.store.log({ who: by, what: 'contact.deleted', contactId: id });
  }

  #edit(ticketId: string, edit: Partial<Ticket>, who: string, changes: AuditEntry['changes']): void {
    this.store.putTicket({ ...this.#editable(ticketId), ...edit });
    this.store.log({ who, what: 'ticket.updated', ticketId, ...(changes && { changes }) });
  }

  #editable(ticketId: string): Ticket {
    const ticket = this.ticket(ticketId);
    if (ticket.status === 'closed') throw new CrmError('invalid', `Ticket ${ticketId} is closed.`);
    return withoutStamp(ticket);
  }
}

function withoutStamp({ stamp: _, ...ticket }: Ticket & { stamp: string }): Ticket {
  return ticket;
}

function missing(what: string, id: string): never {
  throw new CrmError('not-found', `There is no ${what} ${id}.`);
}
