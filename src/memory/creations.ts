import { CrmError } from '../crm/crm-error.js';
import type { Contact, ContactDraft, FieldDefinition } from '../domain/contact.js';
import type { TicketDraft, TicketStatus } from '../domain/ticket.js';
import { fieldProblem } from './field-check.js';
import type { MemoryTables } from './memory-tables.js';

/** Creates a contact, or returns the contact that was created with the key. */
export function makeContact(store: MemoryTables, draft: ContactDraft, key: string, who: string): Contact {
  const existing = store.contacts.get(store.applied.get(`contact ${key}`) ?? '');
  if (existing) return existing;
  if (!draft.name.trim()) refuse(store, { who, key, message: 'A contact needs a name.' });
  const { name, phoneNumber, email, identifier } = draft;
  const contact = store.putContact({
    id: store.newId('contacts'),
    name,
    phoneNumbers: phoneNumber === undefined ? [] : [phoneNumber],
    email,
    identifier,
    createdAt: store.now(),
  });
  store.applied.set(`contact ${key}`, contact.id);
  store.log({ who, what: 'contact.created', key, contactId: contact.id, changes: { ...draft } });
  return contact;
}

/** Creates a ticket with its first comment, or returns the ticket that was created with the key. */
export function makeTicket(store: MemoryTables, draft: TicketDraft, key: string, user: string) {
  const existing = store.applied.get(`ticket ${key}`);
  if (existing !== undefined) return store.tickets.get(existing)!;
  const who = draft.comment.authorId ?? user;
  const problem = draftProblem(store, draft);
  if (problem) refuse(store, { who, key, message: problem });
  const { contactId, subject, assigneeId, origin, comment, fields = {}, followUpOf } = draft;
  const now = store.now();
  const status = statusWhenAssigned(draft.status ?? 'new', assigneeId);
  const ticket = store.putTicket({
    id: store.newId('tickets'),
    subject,
    status,
    contactId,
    assigneeId,
    createdAt: now,
    updatedAt: now,
    origin: Object.freeze({ ...origin }),
    fields,
  });
  const added = store.comment(ticket.id, { ...comment, authorId: who });
  store.applied.set(`ticket ${key}`, ticket.id);
  store.log({
    who,
    what: 'ticket.created',
    key,
    ticketId: ticket.id,
    contactId,
    comment: added,
    changes: { ...fields, subject, status, assigneeId, followUpOf },
  });
  return ticket;
}

/** Creates the wanted fields that do not exist yet. Returns all wanted fields with their ids. */
export function makeFields(store: MemoryTables, wanted: readonly FieldDefinition[], who: string): FieldDefinition[] {
  const addedKeys: string[] = [];
  const result = wanted.map((field) => {
    const known = store.fields.find(({ on, key }) => on === field.on && key === field.key);
    if (known) return known;
    const added = Object.freeze({ ...field, id: store.newId('fields') });
    store.fields.push(added);
    addedKeys.push(added.key);
    return added;
  });
  if (addedKeys.length) store.log({ who, what: 'fields.created', changes: { keys: addedKeys } });
  return result;
}

/** The status of a ticket after its assignment: a new ticket that gets an assignee becomes open. */
export function statusWhenAssigned(status: TicketStatus, assigneeId: string | undefined): TicketStatus {
  return status === 'new' && assigneeId !== undefined ? 'open' : status;
}

function draftProblem(store: MemoryTables, draft: TicketDraft): string | undefined {
  const { contactId, subject, assigneeId, comment, followUpOf, fields } = draft;
  if (!store.contacts.get(contactId)) return `There is no contact ${contactId}.`;
  if (!subject.trim()) return 'A ticket needs a subject.';
  if (assigneeId !== undefined && !store.knowsAgent(assigneeId)) return `There is no user ${assigneeId} to assign to.`;
  if (comment.authorId !== undefined && !store.knowsAgent(comment.authorId))
    return `There is no user ${comment.authorId} to write as.`;
  if (followUpOf !== undefined && store.tickets.get(followUpOf)?.status !== 'closed')
    return `Ticket ${followUpOf} is not closed, so nothing can follow it up.`;
  return fieldProblem(store.fields, fields);
}

function refuse(store: MemoryTables, { who, key, message }: { who: string; key: string; message: string }): never {
  store.log({ who, what: 'write.refused', key, reason: 'invalid', message });
  throw new CrmError('invalid', message);
}
