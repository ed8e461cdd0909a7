import { html, type TemplateResult } from 'lit';
import type { Ticket, TicketStatus } from '../src/domain/ticket.js';
import { date, initials, statusWords } from './format.js';
import type { DemoState } from './demo-state.js';

export const statusBadge = (status: TicketStatus): TemplateResult =>
  html`<span class="badge ${status}">${statusWords[status]}</span>`;

export const avatar = (name: string): TemplateResult =>
  html`<span class="avatar" aria-hidden="true">${initials(name)}</span>`;

/** A link that opens a record of the demo's CRM. */
export function recordLink(
  demo: DemoState,
  to: { ticketId: string } | { contactId: string },
  content: unknown,
  { current = false, className = '' } = {},
): TemplateResult {
  const target = 'ticketId' in to ? `ticket-${to.ticketId}` : `contact-${to.contactId}`;
  const open = (event: MouseEvent): void => {
    event.preventDefault();
    if ('ticketId' in to) demo.openTicket(to.ticketId);
    else demo.open(to);
  };
  return html`<a class=${className} href="#${target}" aria-current=${current ? 'page' : 'false'} @click=${open}
    >${content}</a
  >`;
}

/** A phone number, which is written from left to right in any text direction. */
export const number = (text: string): TemplateResult => html`<bdi class="digits" dir="ltr">${text}</bdi>`;

/** The name of a ticket's requester, or the contact's id if the contact was deleted. */
export const requesterName = (demo: DemoState, { contactId }: Ticket): string =>
  demo.host.contacts().find(({ id }) => id === contactId)?.name ?? `Contact ${contactId}`;

export function fieldWords(value: unknown, type: string | undefined): string {
  if (value === null || value === undefined || value === '') return 'empty';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return type === 'date' ? date(String(value)) : String(value);
}

export const personName = (demo: DemoState, id: string | undefined): string =>
  demo.host.agents.find((agent) => agent.id === id)?.name ??
  demo.host.contacts().find((contact) => contact.id === id)?.name ??
  'System';
