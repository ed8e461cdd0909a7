import type { CrmHost } from '../crm/crm-host.js';
import type { Contact } from '../domain/contact.js';
import type { Settings } from '../domain/settings.js';
import type { Ticket } from '../domain/ticket.js';
import type { LinkedTicket, RecordFact } from '../domain/record-fact.js';
import type { OutboxEntry } from '../outbox/outbox.js';
import { asksTicket, offeredContacts } from '../records/decision.js';
import { contactIdOf, ticketIdOf, wasAsked, type SessionEntry } from './session-entry.js';

/** A10: the links to a session's contact and ticket. */
function associated(
  contact: Pick<Contact, 'id' | 'name' | 'url'> | undefined,
  ticket: Pick<Ticket, 'id' | 'subject' | 'status' | 'url'> | undefined,
): RecordFact {
  return {
    type: 'record.associated',
    ...(contact
      ? { contact: { id: contact.id, name: contact.name, ...(contact.url ? { url: contact.url } : {}) } }
      : {}),
    ...(ticket ? { ticket: linkedTicket(ticket) } : {}),
  };
}

/** What a link to the ticket shows. */
export const linkedTicket = ({
  id,
  subject,
  status,
  url,
}: Pick<Ticket, 'id' | 'subject' | 'status' | 'url'>): LinkedTicket => ({
  ...{ id, subject, status },
  ...(url ? { url } : {}),
});

/** Tells the platform and the screen that a person has given up the session's ticket. */
export const discardedFact: RecordFact = { type: 'record.associated', ticket: 'none' };

/** The fact about an outbox row that the session's screen shows. */
export function factOf({ intent, state, result, failure }: OutboxEntry): RecordFact | undefined {
  if (failure && (state === 'dead' || state === 'parked')) return { type: 'record.failed', failure };
  if (state === 'discarded') return { type: 'record.recovered' };
  if (state !== 'settled') return undefined;
  // R35: the line about a correction is on a ticket that is no longer the session's.
  const isLine = intent.kind === 'write-ticket' && intent.moved === true;
  if (!isLine && (result?.contact || result?.ticket)) return associated(result.contact, result.ticket);
  return intent.kind === 'open-ticket' ? undefined : { type: 'record.recovered' };
}

/** A10: asks the agent for the contact and, if the settings say so, the ticket. */
export const choiceNeeded = (entry: SessionEntry, settings: Settings): RecordFact => ({
  type: 'record.choice-needed',
  choice: { contacts: offeredContacts(entry.found), asksTicket: asksTicket(settings) },
});

/** Finds contacts and tickets that the desktop has read before, without a request. */
export interface Recall {
  contact(id: string): Contact | undefined;
  ticket(id: string): Ticket | undefined;
}

async function read<T>(
  id: string | undefined,
  known: (id: string) => T | undefined,
  ask: (id: string) => Promise<T | undefined>,
): Promise<T | undefined> {
  if (id === undefined) return undefined;
  try {
    return known(id) ?? (await ask(id));
  } catch {
    return undefined;
  }
}

export const readContact = (
  entry: SessionEntry,
  id: string | undefined,
  host: CrmHost,
  recall: Pick<Recall, 'contact'>,
) =>
  read(
    id,
    (wanted) =>
      Object.values(entry.found.contacts)
        .flat()
        .find((one) => one.id === wanted) ?? recall.contact(wanted),
    (wanted) => host.getContact(wanted),
  );

/** The links to the session's contact and ticket, without those that the CRM fails to read. Undefined if none. */
export async function linksOf(entry: SessionEntry, host: CrmHost, recall: Recall): Promise<RecordFact | undefined> {
  const [contact, ticket] = await Promise.all([
    readContact(entry, contactIdOf(entry), host, recall),
    read<Ticket>(
      ticketIdOf(entry),
      (id) => entry.found.tickets?.find((one) => one.id === id) ?? recall.ticket(id),
      (id) => host.getTicket(id),
    ),
  ]);
  // After the agent's choice, the ticket may not exist yet.
  return contact || ticket || wasAsked(entry) ? associated(contact, ticket) : undefined;
}

/** A16: whether the links have what the CRM has just told. What the form has looked up may be minutes old. */
export function isTold(entry: SessionEntry, recall: Pick<Recall, 'ticket'>): boolean {
  const id = ticketIdOf(entry);
  if (id === undefined) return false;
  return entry.found.tickets?.some((one) => one.id === id) === true || !recall.ticket(id);
}
