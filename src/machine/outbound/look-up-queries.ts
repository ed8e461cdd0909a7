import { ticketRules } from '../../domain/ticket-choice.js';
import { readNumber } from './form.js';
import type { OutboundContext } from './outbound-context.js';

/** A look-up of the details screen. `page` asks for the next page. */
export interface LookUpQuery {
  phone?: string;
  text?: string;
  contactId?: string;
  page?: string;
}

export const phoneQuery = (context: OutboundContext): LookUpQuery => {
  const reading = readNumber(context, context.numberText);
  return { phone: 'number' in reading ? reading.number : context.numberText };
};

/** The contact whose tickets are looked up: the chosen one. Until it is known, the one that the request names. */
export function ticketQuery({ contact, request, entryWanted }: OutboundContext): LookUpQuery {
  if (contact && contact !== 'new') return { contactId: contact.id };
  return entryWanted && 'contactId' in request && request.contactId ? { contactId: request.contactId } : {};
}

/**
 * Whether the contact's tickets must be looked up. With S1 on, they are not offered. An entered ticket is the only
 * option, also while it is looked up (T5).
 */
export function needsTickets(context: OutboundContext): boolean {
  const { entered, entryMode, entryWanted, request, inheritsNone, settings } = context;
  const entersTicket = entered !== undefined || (entryWanted && entryMode !== 'off' && request.from === 'ticket');
  return !entersTicket && !inheritsNone && ticketRules(settings).append && ticketQuery(context).contactId !== undefined;
}
