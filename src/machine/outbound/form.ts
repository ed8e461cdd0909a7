import { cached } from '../../domain/cached.js';
import type { Contact } from '../../domain/contact.js';
import type { DialPlan } from '../../domain/dial.js';
import { outboundNumbersFor, type OutboundNumber } from '../../domain/outbound-number.js';
import { phoneNumbers } from '../../domain/phone-loader.js';
import type { PhoneReading } from '../../domain/phone-number.js';
import type { Ticket } from '../../domain/ticket.js';
import type { Association } from '../../domain/session.js';
import {
  optionValue,
  ticketChoice,
  ticketRules,
  type TicketRules,
  type TicketChoice,
  type TicketOption,
} from '../../domain/ticket-choice.js';
import type { OutboundContext } from './outbound-context.js';

/** F7: what is missing before Call, in the order in which the screen shows it. */
export type Missing =
  | { code: 'number' }
  | { code: 'number-refused'; problem: string }
  | { code: 'number-forbidden'; reason: 'prefix' | 'premium' | 'emergency' }
  | { code: 'number-of-nobody'; name: string; mayEnter: boolean }
  | { code: 'contact'; several: boolean }
  | { code: 'entry-failed' | 'contacts-failed' | 'tickets-failed' }
  | { code: 'ticket' }
  | { code: 'language' }
  | { code: 'outbound-number' }
  | { code: 'looking-up' };

/** A number of the contact as it is stored. `selected`: it is the number to call. */
export interface OfferedNumber {
  text: string;
  reading: PhoneReading;
  selected: boolean;
}

export type ContactOption = { contact: Contact; disabled: boolean } | 'new';

/** The data of the details screen: options, selections, what is missing, and the plan. */
export interface OutboundForm {
  reading: PhoneReading;
  number: { text: string; confirm?: 'premium' | 'emergency' | 'prefix'; offered: readonly OfferedNumber[] };
  entered: { shown: boolean; ticked: boolean; canUntick: boolean };
  contact: { readOnly: boolean; options: readonly ContactOption[]; selected?: Contact | 'new'; noneFound: boolean };
  ticket: TicketChoice & { selected?: TicketOption };
  outboundNumbers: readonly OutboundNumber[];
  missing: readonly Missing[];
  plan?: Omit<DialPlan, 'key'>;
}

/** The states of the form's look-ups. */
export interface LookUps {
  /** The look-up of the records that the request names. */
  entry: 'idle' | 'looking' | 'failed';
  contacts: 'idle' | 'looking' | 'failed';
  tickets: 'idle' | 'looking' | 'failed';
}

export const idleLookUps: LookUps = { entry: 'idle', contacts: 'idle', tickets: 'idle' };

/** Parsing a number is expensive, and the same few numbers are read repeatedly. */
const readings = new Map<string, PhoneReading>();
const matches = new Map<string, boolean>();

/** Whether a stored number is the number that was read. */
export const isMatch = (stored: string, reading: { number: string; extension?: string }, country: string): boolean =>
  cached(
    matches,
    [stored, reading.number, reading.extension, country].join('\n'),
    () => phoneNumbers().matchPhoneNumber(stored, reading, country) !== undefined,
  );

/** Reads a number. Emergency numbers are those of the outbound number's country (F14). */
export function readNumber(
  { settings, outboundNumber, country }: Pick<OutboundContext, 'settings' | 'outboundNumber' | 'country'>,
  text: string,
): PhoneReading {
  const { shortNumbers, defaultCountry } = settings.outbound;
  const key = [text, country, outboundNumber, defaultCountry, ...shortNumbers].join('\n');
  return cached(readings, key, () => {
    const { readPhoneNumber, countryOf } = phoneNumbers();
    const shortCountry = (outboundNumber && countryOf(outboundNumber)) || defaultCountry;
    return readPhoneNumber(text, { defaultCountry: country, shortCountry, shortNumbers });
  });
}

/** Whether one of the contact's stored numbers is the number that was read. */
export function isOwnNumber(contact: Contact, reading: PhoneReading, country: string): boolean {
  if (reading.state === 'number') return contact.phoneNumbers.some((stored) => isMatch(stored, reading, country));
  return (
    (reading.state === 'short' || reading.state === 'emergency') &&
    contact.phoneNumbers.some((stored) => stored.replace(/\D/g, '') === reading.number)
  );
}

/** F12, S5: whether the agent may enter a number that the contact does not have. */
export const mayEnterNumber = ({ settings, request }: OutboundContext): boolean =>
  settings.outbound.allowEnteredNumber || request.from === 'ticket-new-number';

/**
 * F12, F13, S5, T2: whether the contact stays after the number was edited. It does if the number is one of the
 * contact's or may be entered for the contact.
 */
export function keepsContact(context: OutboundContext): boolean {
  const { contact, entered, useEntered, country, entryWanted } = context;
  if (entryWanted) return true;
  if (!contact || contact === 'new') return false;
  if (entered || (useEntered && mayEnterNumber(context))) return true;
  return isOwnNumber(contact, readNumber(context, context.draftText), country);
}

export const isReadable = (context: OutboundContext): boolean =>
  ['number', 'short', 'emergency'].includes(readNumber(context, context.numberText).state);

/** F4: the reading of the typed number. `goesOn` enables Next. */
export function readDraft(context: OutboundContext): { reading: PhoneReading; policy: Policy; goesOn: boolean } {
  const reading = readNumber(context, context.draftText);
  const policy = phoneNumbers().policyFor(reading, context.settings.outbound);
  const understood = reading.state === 'number' || reading.state === 'short' || reading.state === 'emergency';
  return { reading, policy, goesOn: understood && policy.action !== 'refuse' };
}
type Policy = ReturnType<ReturnType<typeof phoneNumbers>['policyFor']>;

const forms = new WeakMap<OutboundContext, Map<string, OutboundForm>>();

/** The form, derived from the context. Pure: the same context gives the same form (F1–F7, F14, T2, T5). */
export function outboundForm(context: OutboundContext, lookUps: LookUps): OutboundForm {
  const known = forms.get(context) ?? new Map<string, OutboundForm>();
  forms.set(context, known);
  return cached(known, `${lookUps.entry} ${lookUps.contacts} ${lookUps.tickets}`, () => makeForm(context, lookUps));
}

function makeForm(context: OutboundContext, lookUps: LookUps): OutboundForm {
  const { settings, contact, entered, country } = context;
  const reading = readNumber(context, context.numberText);
  const policy = phoneNumbers().policyFor(reading, settings.outbound);
  const chosen = contact === 'new' ? undefined : contact;
  const isOwn = chosen !== undefined && isOwnNumber(chosen, reading, country);
  const mayEnter = mayEnterNumber(context);
  const enteredShown = mayEnter && contact !== 'new';
  const ticked = enteredShown && context.useEntered;

  const ticket = ticketField(context, lookUps);
  const missing: Missing[] = [];
  // R10: a call-back's number is not known yet.
  if (lookUps.entry === 'failed') missing.push({ code: 'entry-failed' });
  else if (lookUps.entry === 'looking') missing.push({ code: 'looking-up' });
  else if (reading.state === 'empty') missing.push({ code: 'number' });
  else if (reading.state === 'refused') missing.push({ code: 'number-refused', problem: reading.problem });
  else if (policy.action === 'refuse') missing.push({ code: 'number-forbidden', reason: policy.reason });
  else if (chosen && !isOwn && !ticked && !isPermitted(context, chosen))
    missing.push({ code: 'number-of-nobody', name: chosen.name, mayEnter });
  if (lookUps.entry !== 'idle') {
    // Contact and ticket are decided when the request's records are known.
  } else if (lookUps.contacts === 'looking' || lookUps.tickets === 'looking') missing.push({ code: 'looking-up' });
  else if (contact === undefined && lookUps.contacts === 'failed') missing.push({ code: 'contacts-failed' });
  else if (contact === undefined) missing.push({ code: 'contact', several: context.contacts.length > 1 });
  else if (ticket.selected === undefined)
    missing.push({ code: lookUps.tickets === 'failed' && ticket.options.length === 0 ? 'tickets-failed' : 'ticket' });
  if (context.language === undefined && context.profile.languages.length > 0) missing.push({ code: 'language' });
  if (context.outboundNumber === undefined) missing.push({ code: 'outbound-number' });

  return {
    reading,
    number: {
      text: context.numberText,
      confirm: policy.action === 'confirm' ? policy.reason : undefined,
      offered: chosen ? offeredNumbers(context, chosen, reading, isOwn) : [],
    },
    entered: {
      shown: enteredShown,
      ticked,
      canUntick: enteredShown && settings.outbound.allowEnteredNumber,
    },
    contact: {
      readOnly: entered !== undefined,
      options: contactOptions(context, mayEnter),
      selected: contact,
      noneFound: contact === 'new' && context.contacts.length === 0 && lookUps.contacts === 'idle',
    },
    ticket,
    outboundNumbers: outboundNumbersFor(context.profile, context.language),
    missing,
    plan: missing.length === 0 && ticket.selected ? planFor(context, reading, ticket.selected, isOwn) : undefined,
  };
}

/** F5, T2: the contact's numbers, each once. Empty if the contact has only the number to call. */
function offeredNumbers(
  context: OutboundContext,
  contact: Contact,
  reading: PhoneReading,
  isOwn: boolean,
): readonly OfferedNumber[] {
  const { country } = context;
  const offered: OfferedNumber[] = [];
  for (const text of contact.phoneNumbers) {
    const selected = isOwnNumber({ ...contact, phoneNumbers: [text] }, reading, country);
    // Different stored forms of the number to call appear once.
    const stored = selected ? reading : readNumber(context, text);
    if (!offered.some((other) => isSameNumber(other.reading, stored)))
      offered.push({ text, reading: stored, selected });
  }
  return isOwn && offered.length === 1 ? [] : offered;
}

const isSameNumber = (a: PhoneReading, b: PhoneReading): boolean =>
  a.state === 'number' && b.state === 'number' && a.number === b.number && a.extension === b.extension;

/** F9, F10, T3: whether the request or the ticket gave this number for this contact, and nobody has edited it. */
const isPermitted = ({ permitted, numberText }: OutboundContext, { id }: Contact): boolean =>
  permitted?.contactId === id && permitted.text === numberText;

/** F5: the contacts that have the number or that the search has found, then always "Create a new contact". */
function contactOptions(context: OutboundContext, mayEnter: boolean): readonly ContactOption[] {
  const { searchText, found, contacts, contact } = context;
  const known = searchText ? found : contacts;
  const isUnlisted = contact && contact !== 'new' && !searchText && !known.some(({ id }) => id === contact.id);
  return [
    ...[...(isUnlisted ? [contact] : []), ...known].map((option) => ({
      contact: option,
      disabled: option.phoneNumbers.length === 0 && !mayEnter,
    })),
    'new',
  ];
}

/** F6: the ticket's options. Until the tickets are loaded, only the options that need no ticket (S3, S4). */
function ticketField(context: OutboundContext, lookUps: LookUps): OutboundForm['ticket'] {
  const { contact, entered, startedFrom, chosenTicket, settings, inheritsNone } = context;
  const rules = ticketRules(settings);
  if (inheritsNone) return { kind: 'text', options: ['none'], preselected: 'none', selected: 'none' };
  if (lookUps.entry !== 'idle') return { kind: 'undecided', options: [] };
  const notLoaded = lookUps.tickets !== 'idle' && !entered && contact !== undefined && contact !== 'new';
  const choice: TicketChoice = notLoaded
    ? withoutList(rules, startedFrom?.contactId === contact.id ? startedFrom : undefined, lookUps.tickets === 'failed')
    : ticketChoice(rules, {
        contact: contact === 'new' ? 'new' : contact?.id,
        live: context.tickets,
        startedFrom,
        entered,
      });
  // The next page may have further tickets. Until the last page is loaded, no ticket is preselected.
  const preselected = rules.prompt && context.nextTickets && !startedFrom && !entered ? undefined : choice.preselected;
  const selected = choice.options.find((option) => optionValue(option) === chosenTicket) ?? preselected;
  return { ...choice, selected };
}

/** A14: the options that need no list of tickets. The ticket that the agent started from is one of them. */
const withoutList = (
  { allowNew, allowNone }: TicketRules,
  start: Ticket | undefined,
  failed: boolean,
): TicketChoice => ({
  kind: failed ? 'list' : 'undecided',
  options: [
    ...(start ? [{ ticket: start }] : []),
    ...(allowNew ? (['new'] as const) : []),
    ...(allowNone ? (['none'] as const) : []),
  ],
  ...(start && { preselected: { ticket: start } }),
});

function planFor(
  context: OutboundContext,
  reading: PhoneReading,
  ticket: TicketOption,
  isOwn: boolean,
): Omit<DialPlan, 'key'> | undefined {
  const { contact, contacts, country, language, outboundNumber, parentId, settings } = context;
  if (reading.state === 'empty' || reading.state === 'refused' || !contact || !outboundNumber) return undefined;
  const association: Association = {
    contact: contact === 'new' ? 'new' : { id: contact.id },
    ticket: typeof ticket === 'string' ? ticket : { id: ticket.ticket.id },
    enteredNumber: contact !== 'new' && !isOwn,
    ...(contact === 'new' && contacts.some((known) => isOwnNumber(known, reading, country))
      ? { despiteMatches: true }
      : {}),
  };
  return {
    number: reading.number,
    kind: reading.state === 'number' ? 'e164' : 'short',
    ...(reading.state === 'number' && reading.extension ? { extension: reading.extension } : {}),
    outboundNumber,
    ...(language !== undefined && { language }),
    association,
    // S4: nothing about a call without a ticket is stored, so it is not recorded. With S14 off, no call is recorded.
    record: settings.calls.recording && ticket !== 'none',
    ...(parentId ? { parentId } : {}),
  };
}
