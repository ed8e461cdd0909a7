import type { FieldValue } from '../domain/contact.js';
import type { Ticket, TicketStatus } from '../domain/ticket.js';
import { isoTime } from './contact-mapping.js';
import { originInTags } from './origin-tags.js';
import type { ZendeskTicket } from './shapes.js';

const statuses: readonly string[] = ['new', 'open', 'pending', 'hold', 'solved', 'closed'] satisfies TicketStatus[];
export const mergedTag = 'closed_by_merge';

/** Makes a `Ticket` from Zendesk's ticket. */
export function ticketOf(ticket: ZendeskTicket, origin: string): Ticket {
  return {
    id: String(ticket.id),
    // A ticket that came by e-mail may have no subject.
    subject: ticket.subject || (ticket.description ?? '').split('\n')[0]!.slice(0, 120),
    // For a custom status, this is its category. An unknown status counts as open, so that the ticket stays live.
    status: statuses.includes(ticket.status) ? (ticket.status as TicketStatus) : 'open',
    contactId: String(ticket.requester_id),
    ...(ticket.assignee_id !== null && { assigneeId: String(ticket.assignee_id) }),
    createdAt: isoTime(ticket.created_at),
    updatedAt: isoTime(ticket.updated_at),
    url: `${origin}/agent/tickets/${ticket.id}`,
    origin: originInTags(ticket.tags ?? [], ticket.external_id),
    fields: fieldsOf(ticket.custom_fields ?? []),
  };
}

/** The values of fields that are not empty, by the field's id. Several values of one field are joined to one text. */
function fieldsOf(fields: ZendeskTicket['custom_fields']): Record<string, FieldValue> {
  return Object.fromEntries(
    fields
      .filter(({ value }) => value !== null && value !== undefined)
      .map(({ id, value }) => [String(id), Array.isArray(value) ? value.join(', ') : (value as FieldValue)]),
  );
}

/** Makes custom fields in Zendesk's format. */
export const customFields = (fields: Readonly<Record<string, FieldValue>> = {}): { id: number; value: FieldValue }[] =>
  Object.entries(fields).map(([id, value]) => ({ id: Number(id), value }));

/** Whether a merge has closed the ticket. Only the ticket's audits name the target of the merge. */
export const wasMerged = ({ status, tags }: ZendeskTicket): boolean =>
  status === 'closed' && (tags ?? []).includes(mergedTag);
