import type { Contact, Page } from '../../domain/contact.js';
import type { DialPlan } from '../../domain/dial.js';
import { outboundNumbersFor } from '../../domain/outbound-number.js';
import { ticketRules } from '../../domain/ticket-choice.js';
import type { OutboundContext } from './outbound-context.js';
import { fromLookUp } from './entry.js';
import { isOwnNumber, mayEnterNumber, outboundForm, readNumber, type LookUps } from './form.js';

/** A look-up of the details screen: `page` is the part after what is there. */
export interface LookUpQuery {
  phone?: string;
  text?: string;
  contactId?: string;
  page?: string;
}

/** The same plan keeps its key while the platform may have taken it on: the same key twice makes one call. */
export function nextAsked(context: OutboundContext): Partial<OutboundContext> {
  const { plan } = outboundForm(context, settled);
  if (!plan) throw new Error('there is no plan to dial');
  const { asked, attempts, flowId } = context;
  const isSame = asked?.unresolved && samePlan(asked.plan, plan);
  const attempt = isSame ? attempts : attempts + 1;
  return {
    asked: { plan: { key: `${flowId}.${attempt}`, ...plan }, unresolved: true },
    attempts: attempt,
    failure: undefined,
    mayCallAnyway: false,
  };
}

const samePlan = ({ key, ...asked }: DialPlan, plan: Omit<DialPlan, 'key'>): boolean =>
  key !== '' && JSON.stringify(asked) === JSON.stringify(plan);

export const settled: LookUps = { contacts: 'idle', tickets: 'idle' };

/** S1 chooses a new ticket whatever there is, an entered ticket needs no list: nothing to look up. */
export const needsTickets = ({ contact, entered, inheritsNone, settings }: OutboundContext): boolean =>
  contact !== undefined && contact !== 'new' && !entered && !inheritsNone && ticketRules(settings).append;

/** F12, F13, S5, T2: an edited number leaves the contact as it is where it still fits, or where it is entered beside it. */
export function keepsContact(context: OutboundContext): boolean {
  const { contact, entered, useEntered, country } = context;
  if (!contact || contact === 'new') return false;
  if (entered || (useEntered && mayEnterNumber(context))) return true;
  return isOwnNumber(contact, readNumber(context, context.draftText), country);
}

export const isReadable = (context: OutboundContext): boolean =>
  ['number', 'short', 'emergency'].includes(readNumber(context, context.numberText).state);

/** F13: another contact; a ticket that the agent started from fits only its own requester. */
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

/** F2: a language that the outbound number does not serve clears it, and says so. */
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

/** T1: Skip goes on as if ticket entry were off, with the number that came with the request. */
export const withoutTicketEntry = ({ request }: OutboundContext): Partial<OutboundContext> => {
  const numberText = 'number' in request ? (request.number ?? '') : '';
  const open = { entered: undefined, contact: undefined, contacts: [], permitted: undefined, ticketRefusal: undefined };
  return { ...open, entryMode: 'off', numberText, draftText: numberText };
};

export const phoneQuery = (context: OutboundContext): LookUpQuery => {
  const reading = readNumber(context, context.numberText);
  return { phone: 'number' in reading ? reading.number : context.numberText };
};
export const ticketQuery = ({ contact }: OutboundContext): LookUpQuery => ({
  contactId: contact === 'new' || !contact ? '' : contact.id,
});

/** A longer list of contacts decides nothing by itself: several have the number already. */
export const moreContacts = (context: OutboundContext, { items, next }: Page<Contact>): Partial<OutboundContext> => ({
  contacts: [...context.contacts, ...fromLookUp(context, items, next).contacts!],
  nextContacts: next,
});
