/**
 * The axes of row F15 and the data of each of its 1,728 variants. Plain data, written from the requirements. Nothing of
 * `src/` is imported, so that the checked code cannot agree with itself.
 */

export const SETTING_AXIS = [
  // S1 on: S2 and S3 count as off.
  ['S1'],
  ['S1', 'S4'],
  ['S1', 'S5'],
  ['S1', 'S4', 'S5'],
  // S1 off, S2 off: S3 cannot be on.
  [],
  ['S4'],
  ['S5'],
  ['S4', 'S5'],
  // S2 on, S3 off
  ['S2'],
  ['S2', 'S4'],
  ['S2', 'S5'],
  ['S2', 'S4', 'S5'],
  // S2 on, S3 on
  ['S2', 'S3'],
  ['S2', 'S3', 'S4'],
  ['S2', 'S3', 'S5'],
  ['S2', 'S3', 'S4', 'S5'],
] as const satisfies readonly (readonly SettingId[])[];
export const AMOUNTS = ['0', '1', 'several'] as const;
export const ENTRIES = ['F9', 'F10', 'F11', 'F12'] as const;
export const TICKET_ENTRIES = ['off', 'optional', 'mandatory'] as const;

export type SettingId = 'S1' | 'S2' | 'S3' | 'S4' | 'S5';
export type Amount = (typeof AMOUNTS)[number];
export type Entry = (typeof ENTRIES)[number];
export type TicketEntry = (typeof TICKET_ENTRIES)[number];

export interface Variant {
  /** Stable and readable: `F11.off.S2-S4.contacts-several.live-1`; `plain` stands for "S1–S5 all off". */
  readonly id: string;
  readonly settings: readonly SettingId[];
  readonly contacts: Amount;
  readonly live: Amount;
  readonly entry: Entry;
  readonly ticketEntry: TicketEntry;
}

function variant(axes: Omit<Variant, 'id'>): Variant {
  const settings = axes.settings.join('-') || 'plain';
  const id = `${axes.entry}.${axes.ticketEntry}.${settings}.contacts-${axes.contacts}.live-${axes.live}`;
  return { id, ...axes };
}

/** All 1,728 variants, including the impossible ones. */
export const VARIANTS: readonly Variant[] = SETTING_AXIS.flatMap((settings) =>
  AMOUNTS.flatMap((contacts) =>
    AMOUNTS.flatMap((live) =>
      ENTRIES.flatMap((entry) =>
        TICKET_ENTRIES.map((ticketEntry) => variant({ settings, contacts, live, entry, ticketEntry })),
      ),
    ),
  ),
);

const byId = new Map(VARIANTS.map((each) => [each.id, each]));

/** @throws RangeError if no variant has that id */
export function variantById(id: string): Variant {
  const found = byId.get(id);
  if (!found) throw new RangeError(`No variant ${id}`);
  return found;
}

/** F15: why a variant is impossible. Undefined if it is possible. */
export function whyImpossible({ entry, ticketEntry, contacts, live }: Omit<Variant, 'id' | 'settings'>) {
  return entry === 'F11' && ticketEntry !== 'mandatory' && contacts === '0' && live !== '0'
    ? 'F11 without a ticket entered finds the contact by the number: no contact, hence no live tickets of a contact'
    : undefined;
}

/** F15: the 144 variants of settings × data that are stories: F11 with ticket entry off; if that is impossible, F9. */
export const STORY_VARIANTS: readonly Variant[] = SETTING_AXIS.flatMap((settings) =>
  AMOUNTS.flatMap((contacts) =>
    AMOUNTS.map((live) => {
      const f11 = { settings, contacts, live, entry: 'F11', ticketEntry: 'off' } as const;
      return variant(whyImpossible(f11) ? { ...f11, entry: 'F9' } : f11);
    }),
  ),
);

// --- data -----------------------------------------------------------------------------------------------------------

export interface ContactData {
  id: string;
  name: string;
  phoneNumbers: readonly string[];
  createdAt: string;
}
export interface TicketData {
  id: string;
  subject: string;
  status: 'new' | 'open' | 'pending' | 'hold' | 'solved' | 'closed';
  contactId: string;
  createdAt: string;
  updatedAt: string;
  fields: Record<string, never>;
}
export type RequestData =
  | { from: 'contact'; contactId: string; number: string }
  | { from: 'ticket'; ticketId: string; number: string; contactId?: string }
  | { from: 'ticket-new-number'; ticketId: string; contactId?: string }
  | { from: 'adapter'; number?: string };
export interface SettingsData {
  outbound: {
    promptForTicket: boolean;
    allowNewTicket: boolean;
    allowNoTicket: boolean;
    allowEnteredNumber: boolean;
  };
  ticketEntry: { enabled: boolean; teams: Record<string, 'optional' | 'mandatory'> };
  tickets: { append: boolean };
}
/** The part of a `TelephonyProfile` that a variant needs. */
export interface ProfileData {
  outboundNumbers: { number: string; label: string; languages: string[]; default?: boolean }[];
  languages: string[];
  defaultLanguage: string;
}
export interface Scenario {
  settings: SettingsData;
  agent: { id: string; name: string; teams: readonly string[] };
  profile: ProfileData;
  contacts: ContactData[];
  /** Not sorted, neither by id nor by time. */
  tickets: TicketData[];
  request: RequestData;
  /** At the prompt of T1: for F11, and for F10 if T4 refuses its ticket. Absent if no prompt comes. */
  ticketPrompt?: 'skip' | { enter: string };
  /** For F11 without a ticket: in number entry, before the details. For F12: with the keypad, on the details screen. */
  numberToEnter?: { typed: string; e164: string };
  /** For F11 with several contacts: the agent's choice. Each is a case of its own. */
  contactChoices?: readonly [second: string, createNew: 'new'];
}

/** The number to call. It is stored with `ADA` in every variant that has an Ada. */
export const CALLED = '+14155550123';
/** For F12: the number that is entered with the keypad. Ada never has it. */
export const KEYPAD = '+14155550177';
export const TEAM = 'team-support';
/** The contact of a variant: F9's, the requester of F10, F12 and T1, the one (or the second) found by F11. */
export const ADA = 'c-ada';
/** Created after Ada. Present if several contacts share the number. */
export const BEA = 'c-bea';
/** Created before Ada. Present if several contacts share the number. */
export const CYD = 'c-cyd';
/** Another contact, always present. */
export const ZOE = 'c-zoe';
/** Ada's live tickets by rank, newest (updated last) first. A single live ticket is L1. */
export const TICKET_IDS = { L1: '1002', L2: '1004', L3: '1001', L4: '1003', solved: '1005', closed: '1006' } as const;
export const DEFAULT_LANGUAGE = 'en';
export const DEFAULT_OUTBOUND_NUMBER = '+14155550100';

/**
 * For F10, F12 and an entered ticket: the Solved one if none is live; else the live one; of several, not the newest
 * (F15).
 */
export const GIVEN_TICKET = { '0': TICKET_IDS.solved, '1': TICKET_IDS.L1, several: TICKET_IDS.L3 } as const;

const day = (n: number) => `2025-03-${String(n).padStart(2, '0')}T09:00:00.000Z`;

const contact = (id: string, name: string, created: number, number: string): ContactData => ({
  id,
  name,
  phoneNumbers: [number],
  createdAt: day(created),
});

const ticket = (
  id: string,
  contactId: string,
  status: TicketData['status'],
  created: number,
  updated: number,
): TicketData => ({
  id,
  subject: `Ticket ${id} (${status})`,
  status,
  contactId,
  createdAt: day(created),
  updatedAt: day(updated),
  fields: {},
});

/** Whether the variant has its contact before any number is looked up. */
const contactIsGiven = ({ entry, ticketEntry }: Variant) => entry !== 'F11' || ticketEntry === 'mandatory';

function contactsOf(v: Variant): ContactData[] {
  const ada = contact(ADA, 'Ada Lovelace', 2, CALLED);
  const zoe = contact(ZOE, 'Zoe Zander', 4, '+14155550188');
  const others = (number: string) => [contact(CYD, 'Cyd Charisse', 1, number), contact(BEA, 'Bea Arthur', 3, number)];
  if (v.entry === 'F12') {
    // "Contacts for the number": the contacts that have the entered number. Ada comes with the ticket.
    return [ada, zoe, ...others(KEYPAD).slice({ '0': 2, '1': 1, several: 0 }[v.contacts])];
  }
  if (v.contacts === 'several') return [ada, zoe, ...others(CALLED)];
  return v.contacts === '1' || contactIsGiven(v) ? [ada, zoe] : [zoe];
}

function ticketsOf(v: Variant, contacts: ContactData[]): TicketData[] {
  const present = new Set(contacts.map(({ id }) => id));
  const past = present.has(ADA) ? ADA : ZOE;
  const live = {
    '0': [],
    '1': [ticket(TICKET_IDS.L1, ADA, 'pending', 2, 14)],
    several: [
      ticket(TICKET_IDS.L4, ADA, 'new', 8, 11),
      ticket(TICKET_IDS.L1, ADA, 'pending', 2, 14),
      ticket(TICKET_IDS.L3, ADA, 'open', 7, 12),
      ticket(TICKET_IDS.L2, ADA, 'hold', 3, 13),
    ],
  }[v.live];
  const foreign = [
    ticket('2001', BEA, 'open', 9, 17),
    ticket('2002', CYD, 'open', 9, 18),
    ticket('2003', ZOE, 'open', 9, 19),
  ].filter(({ contactId }) => present.has(contactId));
  // The Solved ticket is updated after every live one, so that "newest" must look at live tickets only.
  const notLive = [ticket(TICKET_IDS.closed, past, 'closed', 1, 10), ticket(TICKET_IDS.solved, past, 'solved', 5, 16)];
  return [...live, ...notLive, ...foreign];
}

function requestOf({ entry, live }: Variant): RequestData {
  const ticketId = GIVEN_TICKET[live];
  return {
    F9: { from: 'contact', contactId: ADA, number: CALLED } as const,
    F10: { from: 'ticket', ticketId, number: CALLED, contactId: ADA } as const,
    F11: { from: 'adapter' } as const,
    F12: { from: 'ticket-new-number', ticketId, contactId: ADA } as const,
  }[entry];
}

function settingsOf({ settings, ticketEntry }: Variant): SettingsData {
  const on = (id: SettingId) => settings.includes(id);
  return {
    outbound: {
      promptForTicket: on('S2'),
      allowNewTicket: on('S3'),
      allowNoTicket: on('S4'),
      allowEnteredNumber: on('S5'),
    },
    ticketEntry:
      ticketEntry === 'off' ? { enabled: false, teams: {} } : { enabled: true, teams: { [TEAM]: ticketEntry } },
    tickets: { append: !on('S1') },
  };
}

/**
 * The data of a variant, and the agent's steps up to the details screen.
 * @throws RangeError for an impossible variant
 */
export function scenario(v: Variant): Scenario {
  const reason = whyImpossible(v);
  if (reason) throw new RangeError(`${v.id}: ${reason}`);
  const contacts = contactsOf(v);
  const f11 = v.entry === 'F11';
  const entersTicket = f11 && v.ticketEntry === 'mandatory';
  const skips =
    v.ticketEntry === 'optional' && (f11 || (v.entry === 'F10' && v.live === '0')) ? ('skip' as const) : undefined;
  const ticketPrompt = entersTicket ? { enter: GIVEN_TICKET[v.live] } : skips;
  const numberToEnter =
    v.entry === 'F12'
      ? { typed: '415.555.0177', e164: KEYPAD }
      : f11 && !entersTicket
        ? { typed: '(415) 555-0123', e164: CALLED }
        : undefined;
  return {
    settings: settingsOf(v),
    agent: { id: 'agent-1', name: 'Grace Hopper', teams: [TEAM] },
    profile: {
      // Neither default is the first of its list.
      languages: ['fr', 'en'],
      defaultLanguage: DEFAULT_LANGUAGE,
      outboundNumbers: [
        { number: '+33142685300', label: 'Paris', languages: ['fr'] },
        { number: '+14155550101', label: 'Any language', languages: [] },
        { number: DEFAULT_OUTBOUND_NUMBER, label: 'Support', languages: ['en'], default: true },
      ],
    },
    contacts,
    tickets: ticketsOf(v, contacts),
    request: requestOf(v),
    ...(ticketPrompt && { ticketPrompt }),
    ...(numberToEnter && { numberToEnter }),
    ...(f11 && !entersTicket && v.contacts === 'several' && { contactChoices: [ADA, 'new'] as const }),
  };
}
