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
 * Whether the contact's tickets must be looked up. With S1 on, they are not offered. An entered ticket is the only
 * option.
 */
export const needsTickets = ({ contact, entered, inheritsNone, settings }: OutboundContext): boolean =>
  contact !== undefined && contact !== 'new' && !entered && !inheritsNone && ticketRules(settings).append;
