import type { CrmHost, CrmRecords } from '../crm/crm-host.js';
import type { DialRequest } from '../domain/dial.js';
import type { SettingsInput } from '../domain/settings.js';
import type { TicketDraft } from '../domain/ticket.js';

/** Acts of people in the CRM and of the network. The cases of a lever that a binding leaves out are skipped. */
export interface CrmLevers {
  close?(ticketId: string): Promise<void> | void;
  merge?(from: string, into: string): Promise<void> | void;
  /** Another person changes the ticket. */
  touch?(ticketId: string): Promise<void> | void;
  comments?(ticketId: string): Promise<readonly { body: string; authorId?: string }[]>;
  requestDial?(request: DialRequest): Promise<void> | void;
  /** The agent opens a ticket. */
  open?(ticketId: string): Promise<void> | void;
  /** An administrator changes the settings elsewhere. */
  changeSettings?(settings: SettingsInput): Promise<void> | void;
  /** The next creation or write is applied, and its response is lost. */
  loseNextAnswer?(operation: 'createContact' | 'createTicket' | 'writeTickets'): Promise<void> | void;
  /** The next call of any kind fails without effect. */
  failNext?(code: 'offline' | 'rate-limited'): Promise<void> | void;
  /** From now on look-ups get no response. */
  silence?(): Promise<void> | void;
}

/** A CRM for one case. It may have any records at the start. */
export interface CrmFixture<Host extends CrmRecords = CrmHost> {
  host: Host;
  /** A user who can be assigned tickets and can write comments. */
  agentId: string;
  levers?: CrmLevers;
  /** Moves the CRM's clock forward, so that two changes have different times. */
  tick?(): Promise<void> | void;
  close?(): Promise<void> | void;
}

/** The fixture of the records half. */
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

export const first = (key: string) => ({ key, attempt: 'first' as const });
export const again = (key: string) => ({ key, attempt: 'maybe-applied' as const });

/** Makes a contact and a ticket for it. */
export async function aTicket({ host }: RecordsFixture, change: Partial<TicketDraft> = {}, mark = 'a') {
  const contact = await host.createContact({ name: `Contract ${mark}` }, first(`contact-${mark}`));
  const ticket = await host.createTicket(draftFor(contact.id, change), first(`ticket-${mark}`));
  return { contact, ticket };
}
