import { html, type TemplateResult } from 'lit';
import type { Ticket, TicketStatus } from '../src/domain/ticket.js';
import { date, initials, statusWords } from './format.js';
import type { World } from './world.js';

export const statusBadge = (status: TicketStatus): TemplateResult =>
  html`<span class="badge ${status}">${statusWords[status]}</span>`;

export const avatar = (name: string): TemplateResult =>
  html`<span class="avatar" aria-hidden="true">${initials(name)}</span>`;

/** A link to a record of this CRM. */
export function recordLink(
  world: World,
  to: { ticketId: string } | { contactId: string },
  content: unknown,
  { current = false, className = '' } = {},
): TemplateResult {
  const target = 'ticketId' in to ? `ticket-${to.ticketId}` : `contact-${to.contactId}`;
  const open = (event: MouseEvent): void => {
    event.preventDefault();
    if ('ticketId' in to) world.openTicket(to.ticketId);
    else world.open(to);
  };
  return html`<a class=${className} href="#${target}" aria-current=${current ? 'page' : 'false'} @click=${open}
    >${content}</a
  >`;
}

/** A phone number as it is stored; it reads left to right in any direction. */
export const number = (text: string): TemplateResult => html`<bdi class="digits" dir="ltr">${text}</bdi>`;

/** The person of a ticket; a name for one who is not there any more. */
export const requesterName = (world: World, { contactId }: Ticket): string =>
  world.host.contacts().find(({ id }) => id === contactId)?.name ?? `Contact ${contactId}`;

/** A field's value in words. */
export function fieldWords(value: unknown, type: string | undefined): string {
  if (value === null || value === undefined || value === '') return 'empty';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return type === 'date' ? date(String(value)) : String(value);
}

export const personName = (world: World, id: string | undefined): string =>
  world.host.agents.find((agent) => agent.id === id)?.name ??
  world.host.contacts().find((contact) => contact.id === id)?.name ??
  'System';
