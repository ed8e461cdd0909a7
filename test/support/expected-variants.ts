/**
 * The expected outcome of each of the 1,728 variants of row F15, put together from the decision tables of
 * expected-tables.ts. Written from the requirements only: nothing of `src/` is imported.
 *
 * # Readings
 * Where the requirements leave something open, this is how they are read here.
 *
 *  1. F5, F7, several contacts and none chosen: only the contact is said to be missing. The ticket is not yet a
 *     question: its field is disabled, and with S2 off it would never be one.
 *  2. F1, several contacts and none chosen: "Use entered number" is shown with S5, since only "Create a new contact"
 *     hides it.
 *  3. F6, S2 on: the field is a list even where it has a single option ("new" alone, or one live ticket).
 *  4. F6, S2 off or S1, with S4, started from a live ticket: the list of "that" is that ticket and "none"; no "new".
 *  5. S1 with a started or entered live ticket: kept (S1), shown as F6 says for "S2 off (or S1)".
 *  6. F9, F10, F12, ticket entry off: Contact ID offers the given contact, then "Create a new contact" (F5: always
 *     the last option); F9's rule "not looked up among others" holds for the requesters of F10 and F12 too.
 *  7. T2, T5: the read-only contact and the read-only ticket have one option each, themselves. S5 still shows
 *     "Use entered number" there (T2: "S5 or another ID goes on"), unticked; only S2–S4 are not offered.
 *  8. F12: the screen is filled without a number, so exactly the number is missing; plans are those after the keypad.
 *     Contacts "for the number" of F12 are those that have the entered number; Ada, the requester, does not have it.
 *  9. F12 with S5: ticked, and can be unticked. F12 with S5 off: ticked, and cannot.
 * 10. T4 over F10, optional, Skip: T1 says "as if ticket entry were off", hence the very outcome of F10 with ticket
 *     entry off: the contact is kept, the request's number is used, and the notice that its ticket is not live stays.
 * 11. T6 is an error before anything is asked, so it comes before T4 and F12's "not live", in optional teams too
 *     (no Skip). Instead: "Dial a number" with the ticket's ID (T1), or an existing number from the ticket (T5).
 * 12. T4 at a prompt leaves: another ticket ID, Cancel, and with optional Skip.
 * 13. F5: "the screen says so" is the notice `no-contact`; it is not given when the agent chose "new".
 * 14. F9, F10 with 0 contacts for the number: Ada is there by her id and has the number: nothing differs from 1.
 *     T2 with 0 contacts likewise.
 * 15. `despiteMatches` (an extension) is true exactly where the contact is new although the number has contacts.
 */
import {
  CONTACT_FIELD,
  ENTERED_NUMBER,
  OTHER_TICKET_FIELD,
  PLANS,
  REMARKS,
  ROUTES,
  TICKET_FIELD,
  look,
} from './expected-tables.js';
import {
  ADA,
  BEA,
  CALLED,
  CYD,
  DEFAULT_LANGUAGE,
  DEFAULT_OUTBOUND_NUMBER,
  KEYPAD,
  TICKET_IDS,
  VARIANTS,
  whyImpossible,
  type Amount,
  type Entry,
  type Variant,
} from './variants.js';

export type TicketDisplay = 'empty-disabled' | 'text' | 'list' | 'read-only-with-change';
export type Missing = 'number' | 'contact' | 'ticket';
export type Notice = 'ticket-not-live' | 'no-contact';
export type WayOut = 'skip' | 'other-ticket' | 'dial-a-number' | 'ticket-existing-number' | 'cancel';

export interface ExpectedPlan {
  number: string;
  association: {
    contact: { id: string } | 'new';
    ticket: { id: string } | 'new' | 'none';
    enteredNumber: boolean;
    despiteMatches?: true;
  };
  record: boolean;
  language: string;
  outboundNumber: string;
}
export interface Details {
  /** Options and selections are `data-value`s: an id, `new` or `none`. */
  contact: { selected: string | undefined; options: readonly string[]; readOnly: boolean };
  ticket: { display: TicketDisplay; options: readonly string[]; selected: string | undefined };
  enteredNumber: { shown: boolean; ticked: boolean; canUntick: boolean };
  /** E.164, if the screen is filled. */
  number: string | undefined;
  missing: readonly Missing[];
  notices: readonly Notice[];
  canCall: boolean;
  /** By the ticket option that is selected when Call is pressed. For F12, after the number was entered. */
  plans: Readonly<Record<string, ExpectedPlan>>;
}
export type Expected =
  | { impossible: string }
  | {
      refused: 'T4' | 'T6';
      /** The content of the message: for T4 the ticket's status, for T6 the entry that T1 does not allow. */
      concerns: { ticketId: string; status: 'solved' } | { entry: Entry };
      waysOut: readonly WayOut[];
      afterSkip?: Details;
    }
  /** `whenChosen`: for F11 with several contacts, after the second one or "Create a new contact" was chosen. */
  | { details: Details; whenChosen?: { second: Details; new: Details } };

// --- putting an outcome together ------------------------------------------------------------------------------------

const words = (cell = '') => cell.split(' ').filter(Boolean);
const VALUE: Record<string, string> = { Ada: ADA, Bea: BEA, Cyd: CYD, ...TICKET_IDS };
const value = (word: string) => VALUE[word] ?? word;
const values = (cell = '') => words(cell).map(value);
const selected = (cell = '') => values(cell)[0];

type Chosen = '-' | 'second' | 'new';

function details(v: Variant, ticket: string, chosen: Chosen = '-'): Details {
  const { entry, contacts } = v;
  const contact = look(CONTACT_FIELD, { entry, ticket, contacts, chosen });
  const who = contact.selected || '-';
  // "A new contact is a contact without live tickets" (F6)
  const live: Amount = who === 'new' ? '0' : v.live;
  const rest = v.settings.filter((id) => id !== 'S5').join('-') || 'plain';
  const field =
    who === '-'
      ? look(OTHER_TICKET_FIELD, { case: 'undecided', live })
      : ticket === 'entered'
        ? look(OTHER_TICKET_FIELD, { case: 'entered', live })
        : look(TICKET_FIELD, { settings: rest, started: ticket === 'started' ? 'yes' : 'no', live });
  const box = look(ENTERED_NUMBER, { entry, S5: v.settings.includes('S5') ? 'on' : 'off', contact: who });
  const remarks = look(REMARKS, { entry, ticket, contacts, chosen });
  const missing: Missing[] = [
    ...(remarks.number ? [] : ['number' as const]),
    ...(who === '-' ? ['contact' as const] : []),
    ...(who !== '-' && !field.selected ? ['ticket' as const] : []),
  ];
  return {
    contact: {
      selected: selected(contact.selected),
      options: values(contact.options),
      readOnly: contact.readOnly === 'yes',
    },
    ticket: {
      display: field.display as TicketDisplay,
      options: values(field.options),
      selected: selected(field.selected),
    },
    enteredNumber: {
      shown: box.shown === 'yes',
      ticked: box.ticked === 'yes',
      canUntick: box.canUntick === 'yes',
    },
    number: remarks.number ? CALLED : undefined,
    missing,
    notices: words(remarks.notice) as Notice[],
    canCall: missing.length === 0,
    plans: Object.fromEntries(words(field.options).map((option) => [value(option), plan(v, who, option)])),
  };
}

function plan({ entry, contacts }: Variant, who: string, option: string): ExpectedPlan {
  const parts = look(PLANS, { entry, contact: who, contacts, option });
  const ticket = option === 'new' || option === 'none' ? option : { id: value(option) };
  return {
    number: entry === 'F12' ? KEYPAD : CALLED,
    association: {
      contact: who === 'new' ? 'new' : { id: value(who) },
      ticket,
      enteredNumber: parts.enteredNumber === 'yes',
      ...(parts.despiteMatches === 'yes' && { despiteMatches: true as const }),
    },
    record: parts.record === 'yes',
    language: DEFAULT_LANGUAGE,
    outboundNumber: DEFAULT_OUTBOUND_NUMBER,
  };
}

/** The outcome that row F15 requires for a variant. */
export function expectedOutcome(v: Variant): Expected {
  const impossible = whyImpossible(v);
  if (impossible) return { impossible };
  const route = look(ROUTES, { entry: v.entry, ticketEntry: v.ticketEntry, live: v.live });
  const leads = route['leads to'];
  const waysOut = words(route.waysOut) as WayOut[];
  if (leads === 'T6') return { refused: 'T6', concerns: { entry: v.entry }, waysOut };
  if (leads === 'T4') {
    const concerns = { ticketId: TICKET_IDS.solved, status: 'solved' as const };
    const afterSkip = waysOut.includes('skip') ? { afterSkip: details(v, 'dropped') } : {};
    return { refused: 'T4', concerns, waysOut, ...afterSkip };
  }
  const ticket = route.ticket!;
  const filled = details(v, ticket);
  if (filled.contact.selected) return { details: filled };
  return { details: filled, whenChosen: { second: details(v, ticket, 'second'), new: details(v, ticket, 'new') } };
}

const impossible = VARIANTS.filter((v) => 'impossible' in expectedOutcome(v)).length;

/** F15: 1,728 variants in all, 64 of them impossible, 1,664 counted. */
export const counts = { total: VARIANTS.length, impossible, counted: VARIANTS.length - impossible } as const;
