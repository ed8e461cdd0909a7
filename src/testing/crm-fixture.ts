import type { CrmHost, CrmRecords } from '../crm/crm-host.js';
import type { DialRequest } from '../domain/dial.js';
import type { SettingsInput } from '../domain/settings.js';
import type { TicketDraft } from '../domain/ticket.js';

/**
 * Levers: what a case can make the CRM's users and the network do. A case is skipped if a binding does not have a lever
 * that the case needs.
 */
export interface CrmLevers {
  close?(ticketId: string): Promise<void> | void;
  merge?(from: string, into: string): Promise<void> | void;
  /** Another person changes the ticket. */
  touch?(ticketId: string): Promise<void> | void;
  comments?(ticketId: string): Promise<readonly { body: string; authorId?: string }[]>;
  requestDial?(request: DialRequest): Promise<void> | void;
  /** The agent opens a ticket. */
  open?(ticketId: string): Promise<void> | void;
  /** An administrator changes the settings in another browser. */
  changeSettings?(settings: SettingsInput): Promise<void> | void;
  /** The next creation or write is applied, but its response is lost. */
  loseNextAnswer?(operation: 'createContact' | 'createTicket' | 'writeTickets'): Promise<void> | void;
  /** The next call of any kind fails without effect. */
  failNext?(code: 'offline' | 'rate-limited'): Promise<void> | void;
  /** From now on look-ups get no response. */
  silence?(): Promise<void> | void;
}

/** A CRM for one case. It may contain records at the start. */
export interface CrmFixture<Host extends CrmRecords = CrmHost> {
  host: Host;
  /** A user who can be assigned tickets and can write comments. */
  agentId: string;
  /** Another such user, where the host has the capability `authors`. */
  colleagueId?: string;
  levers?: CrmLevers;
  /** Moves the CRM's clock forward, so that two changes have different times. */
  tick?(): Promise<void> | void;
  close?(): Promise<void> | void;
}

/** The fixture for a `CrmRecords` without a shell. */
export type RecordsFixture = CrmFixture<CrmRecords>;

/** A draft that any CRM accepts. */
export function draftFor(contactId: string, change: Partial<TicketDraft> = {}): TicketDraft {
  return {
    contactId,
    subject: 'Contract',
    comment: { body: 'First comment', public: false },
    origin: { sessionId: 'session-contract', channel: 'outbound-call' },
    ...change,
  };
}

export const firstTry = (key: string) => ({ key, attempt: 'first' as const });
export const secondTry = (key: string) => ({ key, attempt: 'maybe-applied' as const });

/** Creates a contact and a ticket of this contact. */
export async function contactWithTicket({ host }: RecordsFixture, change: Partial<TicketDraft> = {}, mark = 'a') {
  const contact = await host.createContact({ name: `Contract ${mark}` }, firstTry(`contact-${mark}`));
  const ticket = await host.createTicket(draftFor(contact.id, change), firstTry(`ticket-${mark}`));
  return { contact, ticket };
}
