import type { Contact, Page } from '../../domain/contact.js';
import type { DialRequest } from '../../domain/dial.js';
import { isLive, type Ticket } from '../../domain/ticket.js';
import { isWithoutTicket, type Session } from '../../domain/session.js';
import { phoneNumbers } from '../../domain/phone-loader.js';
import { own } from '../../domain/own.js';
import type { Notice, OutboundContext, TicketRefusal } from './outbound-context.js';
import { isOwnNumber, readNumber } from './form.js';

/** The records that a dial request or a ticket ID names. */
export interface EntryQuery {
  contactId?: string;
  ticketId?: string;
  sessionId?: string;
  /** S13: also asks for the title of this field. */
  phoneField?: string;
}

/** The records that were found. A ticket comes with its requester. */
export interface EntryFound {
  contact?: Contact;
  ticket?: Ticket;
  session?: Session;
  fieldTitle?: string;
}

export function entryQuery(request: DialRequest): EntryQuery {
  switch (request.from) {
    case 'contact':
      return { contactId: request.contactId };
    case 'ticket':
    case 'ticket-new-number':
      return { ticketId: request.ticketId, contactId: request.contactId || undefined };
    case 'call-back':
      return { sessionId: request.sessionId };
    case 'adapter':
      return {};
  }
}

type Patch = Partial<OutboundContext>;

/** F9, F10, F12: fills in the form from the request. */
export function fromRequest(context: OutboundContext, found: EntryFound): Patch {
  const { request } = context;
  if (request.from === 'call-back') return fromParent(context, found);
  const { contact, ticket } = found;
  const notices: Notice[] = [...context.notices];
  if ('ticketId' in request) {
    if (!ticket) notices.push({ code: 'ticket-not-found', ticketId: request.ticketId });
    else if (!isLive(ticket)) notices.push({ code: 'ticket-not-live', ticketId: ticket.id, status: ticket.status });
  }
  if (!contact) notices.push({ code: 'contact-not-found' });
  return {
    notices,
    ...(contact ? { contact, contacts: [contact] } : {}),
    // F9: the number from the CRM's menu may be called, even if it is not stored on this contact.
    ...(contact && (request.from === 'contact' || request.from === 'ticket')
      ? { permitted: { text: request.number, contactId: contact.id } }
      : {}),
    ...(ticket && isLive(ticket) ? { startedFrom: ticket } : {}),
  };
}

/** R10: a call-back takes contact, number, language, outbound number and ticket from its parent call. */
function fromParent(context: OutboundContext, { session, contact, ticket }: EntryFound): Patch {
  if (!session) return { notices: [...context.notices, { code: 'call-unknown' }] };
  const { profile } = context;
  const number = session.customerNumber ?? '';
  const notices: Notice[] = [...context.notices];
  if (ticket && !isLive(ticket)) notices.push({ code: 'ticket-not-live', ticketId: ticket.id, status: ticket.status });
  const language =
    session.language && profile.languages.includes(session.language) ? session.language : context.language;
  const outbound = profile.outboundNumbers.find((offered) => offered.number === session.platformNumber);
  const text = session.extension ? `${number} x${session.extension}` : number;
  return {
    notices,
    parentId: session.id,
    numberText: text,
    draftText: text,
    ...(contact ? { contact, contacts: [contact], permitted: { text, contactId: contact.id } } : {}),
    ...(ticket && isLive(ticket) ? { startedFrom: ticket } : {}),
    inheritsNone: isWithoutTicket(session),
    language,
    ...(outbound && (outbound.languages.length === 0 || (language && outbound.languages.includes(language)))
      ? { outboundNumber: outbound.number }
      : {}),
  };
}

/** T4: why the ticket is refused. Undefined if it is accepted. */
export function refuseTicket(ticketId: string, { ticket, contact }: EntryFound): TicketRefusal | undefined {
  if (!ticket) return { code: 'unknown', ticketId };
  if (!isLive(ticket)) return { code: 'not-live', ticketId: ticket.id, status: ticket.status };
  return contact ? undefined : { code: 'no-contact', ticketId: ticket.id };
}

/** T2, T3, T5: fills in the form from an entered ticket. */
export function fromTicket(context: OutboundContext, { ticket, contact, fieldTitle }: EntryFound): Patch {
  if (!ticket || !contact) return {};
  const { request, settings } = context;
  const notices = context.notices.filter(
    ({ code }) => code !== 'contact-without-number' && code !== 'field-without-number',
  );
  const filled = (text: string): Patch => ({
    entered: ticket,
    contact,
    contacts: [contact],
    numberText: text,
    draftText: text,
    permitted: { text, contactId: contact.id },
    notices,
  });
  // T5: the number from the ticket's menu is called, unless the agent has entered another ticket.
  if (request.from === 'ticket' && request.ticketId === ticket.id) return filled(request.number);
  const field = settings.ticketEntry.phoneField;
  if (field !== undefined) {
    const value = String(own(ticket.fields, field) ?? '').trim();
    const { state } = readNumber(context, value);
    if (state !== 'empty' && state !== 'refused') return filled(value);
    notices.push({ code: 'field-without-number', field: fieldTitle ?? field, value });
  }
  const number = contact.phoneNumbers[0];
  if (number === undefined) notices.push({ code: 'contact-without-number', name: contact.name });
  return filled(number ?? '');
}

/** T1: Skip continues without ticket entry, with the number of the request. */
export const withoutTicketEntry = ({ request }: OutboundContext): Partial<OutboundContext> => {
  const numberText = 'number' in request ? (request.number ?? '') : '';
  const open = { entered: undefined, contact: undefined, contacts: [], permitted: undefined, ticketRefusal: undefined };
  return { ...open, entryMode: 'off', numberText, draftText: numberText };
};

/**
 * F5: chooses the contact after a look-up of the number: the only one, a new one if nobody has the number, or none if
 * several may have it. A contact that was chosen before stays if it has the number.
 */
export function fromLookUp(context: OutboundContext, items: readonly Contact[], next: string | undefined): Patch {
  const reading = readNumber(context, context.numberText);
  const contacts =
    reading.state === 'number'
      ? phoneNumbers()
          .matchingContacts(items, reading, context.country)
          .map(({ contact }) => contact)
      : items.filter((contact) => isOwnNumber(contact, reading, context.country));
  const before = context.contact;
  const kept = before && before !== 'new' ? contacts.find(({ id }) => id === before.id) : undefined;
  const contact =
    kept ?? (contacts.length === 0 && !next ? 'new' : contacts.length === 1 && !next ? contacts[0] : undefined);
  return { contacts, nextContacts: next, contact, tickets: [], nextTickets: undefined, chosenTicket: undefined };
}

/** Adds a further page of contacts. It changes no choice, because several contacts may have the number. */
export const moreContacts = (context: OutboundContext, { items, next }: Page<Contact>): Partial<OutboundContext> => ({
  contacts: [...context.contacts, ...fromLookUp(context, items, next).contacts!],
  nextContacts: next,
});

/** Reads a ticket ID as a person writes it: `#4711`, or a link to the ticket. */
export const typedTicketId = (text: string): string => {
  const written = text.trim();
  return /\/tickets\/([^/?#\s]+)/.exec(written)?.[1] ?? written.replace(/^#\s*/, '');
};
