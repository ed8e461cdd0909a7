import { outboundNumbersFor } from '../../domain/outbound-number.js';
import type { OutboundContext } from './outbound-context.js';

/**
 * F13: chooses another contact. If the agent started from a ticket and the contact is not the ticket's requester, the
 * ticket is dropped.
 */
export function chooseContact(context: OutboundContext, value: string): Partial<OutboundContext> {
  const { contacts, found, startedFrom, searchText } = context;
  const contact = value === 'new' ? 'new' : [...found, ...contacts].find(({ id }) => id === value);
  if (!contact) return {};
  const notices = context.notices.filter(({ code }) => code !== 'ticket-dropped');
  const dropped = startedFrom && (contact === 'new' || contact.id !== startedFrom.contactId);
  return {
    contact,
    notices: dropped ? [...notices, { code: 'ticket-dropped', ticketId: startedFrom.id }] : notices,
    chosenTicket: undefined,
    ...(searchText ? { searchText: '', found: [], nextFound: undefined } : {}),
  };
}

/** F2: chooses a language. An outbound number that does not serve it is cleared, with a notice. */
export function chooseLanguage(
  { profile, outboundNumber, notices }: OutboundContext,
  language: string,
): Partial<OutboundContext> {
  const others = notices.filter(({ code }) => code !== 'outbound-number-cleared');
  const before = profile.outboundNumbers.find(({ number }) => number === outboundNumber);
  if (!before || outboundNumbersFor(profile, language).includes(before)) return { language, notices: others };
  const cleared = { code: 'outbound-number-cleared', label: before.label } as const;
  return { language, outboundNumber: undefined, notices: [...others, cleared] };
}
