import type { FieldValue } from '../domain/contact.js';
import type { Ticket, TicketStatus } from '../domain/ticket.js';
import { isoTime } from './contact-mapping.js';
import { originOf } from './origin-tags.js';
import type { ZendeskTicket } from './shapes.js';

const statuses: readonly string[] = ['new', 'open', 'pending', 'hold', 'solved', 'closed'] satisfies TicketStatus[];
export const mergedTag = 'closed_by_merge';

/** A ticket as Zendesk has it. `updated_at` is the stamp of its compare-and-swap, in whole seconds. */
export function ticketOf(ticket: ZendeskTicket, origin: string): Ticket {
  const made = originOf(ticket.tags ?? [], ticket.external_id);
  return {
    id: String(ticket.id),
    // A ticket that came by e-mail may have none.
    subject: ticket.subject || (ticket.description ?? '').split('\n')[0]!.slice(0, 120),
    // A custom status shows its category here; what is unknown is at least not taken for done.
    status: statuses.includes(ticket.status) ? (ticket.status as TicketStatus) : 'open',
    contactId: String(ticket.requester_id),
    ...(ticket.assignee_id !== null && { assigneeId: String(ticket.assignee_id) }),
    createdAt: isoTime(ticket.created_at),
    updatedAt: isoTime(ticket.updated_at),
    url: `${origin}/agent/tickets/${ticket.id}`,
    ...(made && { origin: made }),
    fields: fieldsOf(ticket.custom_fields ?? []),
  };
}

/** Empty fields are left out; several values are one text. */
function fieldsOf(fields: ZendeskTicket['custom_fields']): Record<string, FieldValue> {
  return Object.fromEntries(
    fields
      .filter(({ value }) => value !== null && value !== undefined)
      .map(({ id, value }) => [String(id), Array.isArray(value) ? value.join(', ') : (value as FieldValue)]),
  );
}

/** The other way round. */
export const customFields = (fields: Readonly<Record<string, FieldValue>> = {}): { id: number; value: FieldValue }[] =>
  Object.entries(fields).map(([id, value]) => ({ id: Number(id), value }));

/** Whether it was closed because it was merged. Into which ticket, only its audits say. */
export const wasMerged = ({ status, tags }: ZendeskTicket): boolean =>
  status === 'closed' && (tags ?? []).includes(mergedTag);
