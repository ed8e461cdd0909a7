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

export const ticketQuery = ({ contact }: OutboundContext): LookUpQuery => ({
  contactId: contact === 'new' || !contact ? '' : contact.id,
});

/**
 * Whether the tickets must be looked up. Not with S1, which always chooses a new ticket, and not for an entered ticket.
 */
export const needsTickets = ({ contact, entered, inheritsNone, settings }: OutboundContext): boolean =>
  contact !== undefined && contact !== 'new' && !entered && !inheritsNone && ticketRules(settings).append;
