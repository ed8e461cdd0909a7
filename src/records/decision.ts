import type { ContactQuery } from '../crm/crm-host.js';
import type { Contact } from '../domain/contact.js';
import { isChat, type Channel, type Choice, type Session } from '../domain/session.js';
import type { Settings } from '../domain/settings.js';
import { ticketChoice, ticketRules, type TicketChoice } from '../domain/ticket-choice.js';
import type { Ticket } from '../domain/ticket.js';
import type { SessionEvent } from '../telephony/platform-event.js';
import { customerNumberOf } from './contact-rule.js';
import { ticketToJoin } from './ticket-to-join.js';
import type { Decision } from './rule.js';

export type Way = 'identifier' | 'email' | 'phone';

/** The results of the look-ups so far. JSON. */
export interface Found {
  contacts: Partial<Record<Way, readonly Contact[]>>;
  /** The contact's live tickets. */
  tickets?: readonly Ticket[];
}

/** The input of a decision. */
export interface Situation {
  /** The event that records the session on a ticket. */
  event: SessionEvent;
  session: Session;
  found: Found;
  settings: Settings;
  choice?: Choice;
  /** R2: the agent can no longer choose. */
  final?: boolean;
}

export type Need = { look: 'contacts'; way: Way; query: ContactQuery } | { look: 'tickets'; contactId: string };

/** R1: the contact look-ups for each channel, in order. The telephone network passes a number only. */
const waysOf: Readonly<Record<Channel, readonly Way[]>> = {
  'ivr-call': ['phone'],
  'outbound-call': ['phone'],
  'internal-call': [],
  'mobile-call': ['identifier', 'email', 'phone'],
  'web-call': ['identifier', 'email', 'phone'],
  'mobile-chat': ['identifier', 'email', 'phone'],
  'web-chat': ['identifier', 'email', 'phone'],
};

const passed: Readonly<Record<Way, (session: Session) => string | undefined>> = {
  identifier: ({ customer }) => customer?.identifier,
  email: ({ customer }) => customer?.email,
  phone: customerNumberOf,
};

const isCallForAgent = ({ event, session }: Situation): boolean =>
  event.type === 'session.assigned' && session.direction === 'inbound' && !isChat(session);

/** The session's contact: an existing contact, `new` (R20), `ask` for the agent's choice (R2), or the next look-up. */
function contactFor(situation: Situation): Need | 'ask' | 'new' | { id: string; name?: string } {
  const { session, found, choice, final } = situation;
  // R29: the CRM cannot find an anonymous caller.
  if (session.anonymous) return 'new';
  for (const way of waysOf[session.channel]) {
    const value = passed[way](session);
    if (!value) continue;
    const contacts = found.contacts[way];
    if (!contacts) return { look: 'contacts', way, query: { [way]: value } };
    if (contacts.length === 0) continue;
    if (choice) return identified(choice.contact, contacts);
    if (way === 'phone' && contacts.length > 1 && !final && isCallForAgent(situation)) return 'ask';
    return identified(newestOf(contacts), contacts);
  }
  return choice?.contact ?? 'new';
}

const identified = (who: { id: string } | 'new', contacts: readonly Contact[]) => {
  const contact = who === 'new' ? undefined : contacts.find(({ id }) => id === who.id);
  return contact ? { id: contact.id, name: contact.name } : who;
};

/** R1, R2: the matching contact that the CRM created last. */
const newestOf = (contacts: readonly Contact[]): Contact =>
  contacts.reduce((newest, contact) => (contact.createdAt > newest.createdAt ? contact : newest));

/**
 * Whether the session may join a ticket of the contact (S1). R4, R5: abandoned sessions and voicemails always create a
 * new ticket. R3: an outbound call joins only the ticket that the agent chose.
 */
const mayJoin = ({ event, session, settings }: Situation): boolean =>
  event.type === 'session.assigned' && session.direction === 'inbound' && settings.tickets.append;

/** S2: whether an agent who chooses the contact also chooses the ticket. */
export const asksTicket = (settings: Settings): boolean => ticketRules(settings).prompt;

/** The look-up that `decide` still needs. Undefined if `decide` needs no look-up. */
export function nextNeed(situation: Situation): Need | undefined {
  const who = contactFor(situation);
  if (who === 'ask' || who === 'new') return undefined;
  if ('look' in who) return who;
  const chosen = asksTicket(situation.settings) && situation.choice?.ticket !== undefined;
  const wanted = mayJoin(situation) && !chosen && !situation.found.tickets;
  return wanted ? { look: 'tickets', contactId: who.id } : undefined;
}

/** R1–R5, R7, R8, R20, R26, R29: the session's contact and ticket. `ask`: the agent chooses (A10). */
export function decide(situation: Situation): Decision | 'ask' {
  const { session, found, settings, choice } = situation;
  const who = contactFor(situation);
  if (who === 'ask') return 'ask';
  const contact = who === 'new' || 'look' in who ? 'new' : who;
  const own = contact === 'new' && choice?.contact === 'new';
  const chosen = asksTicket(settings) && mayJoin(situation) ? choice?.ticket : undefined;
  const joined = mayJoin(situation) && contact !== 'new' ? ticketToJoin(session, found.tickets ?? []) : undefined;
  const ticket = chosen ?? (joined ? { id: joined.id } : 'new');
  return { contact, ticket: contact === 'new' ? 'new' : ticket, ...(own ? { ownContact: true } : {}) };
}

/** A10: the contacts that the agent may choose. */
export const offeredContacts = ({ contacts }: Found): readonly Contact[] => contacts.phone ?? [];

/** A10, F6: the contact's tickets that the agent may choose, R8's ticket preselected. S4 is for outbound calls only. */
export function offeredTickets(
  session: Session,
  contactId: string | 'new',
  live: readonly Ticket[],
  settings: Settings,
): TicketChoice {
  const choice = ticketChoice({ ...ticketRules(settings), allowNone: false }, { contact: contactId, live });
  const found = ticketToJoin(session, live);
  return found ? { ...choice, preselected: { ticket: found } } : choice;
}
