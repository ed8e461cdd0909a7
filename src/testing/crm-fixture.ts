import type { CrmHost, CrmRecords } from '../crm/crm-host.js';
import type { DialRequest } from '../domain/dial.js';
import type { SettingsInput } from '../domain/settings.js';
import type { TicketDraft } from '../domain/ticket.js';

/** What the people in the CRM and the network do; a binding that cannot stage one leaves it out, and its cases are skipped. */
export interface CrmLevers {
  close?(ticketId: string): Promise<void> | void;
  merge?(from: string, into: string): Promise<void> | void;
  /** Somebody else changes the ticket. */
  touch?(ticketId: string): Promise<void> | void;
  comments?(ticketId: string): Promise<readonly { body: string; authorId?: string }[]>;
  requestDial?(request: DialRequest): Promise<void> | void;
  /** The person opens a ticket. */
  open?(ticketId: string): Promise<void> | void;
  /** An administrator changes the settings elsewhere. */
  changeSettings?(settings: SettingsInput): Promise<void> | void;
  /** The next creation or write takes effect, and its answer is lost. */
  loseNextAnswer?(operation: 'createContact' | 'createTicket' | 'writeTickets'): Promise<void> | void;
  /** The next call of any kind is refused without effect. */
  failNext?(code: 'offline' | 'rate-limited'): Promise<void> | void;
  /** Look-ups get no answer from now on. */
  silence?(): Promise<void> | void;
}

/** A CRM of its own for each case, which may hold any records at the start. */
export interface CrmFixture<Host extends CrmRecords = CrmHost> {
  host: Host;
  /** A user whom tickets can be assigned to and who can write comments. */
  agentId: string;
  levers?: CrmLevers;
  /** Lets the CRM's clock move on, so that two changes differ in time. */
  tick?(): Promise<void> | void;
  close?(): Promise<void> | void;
}

/** What the records half needs. */
export type RecordsFixture = CrmFixture<CrmRecords>;

/** A draft that any CRM takes. */
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

/** A contact and its ticket. */
export async function aTicket({ host }: RecordsFixture, change: Partial<TicketDraft> = {}, mark = 'a') {
  const contact = await host.createContact({ name: `Contract ${mark}` }, first(`contact-${mark}`));
  const ticket = await host.createTicket(draftFor(contact.id, change), first(`ticket-${mark}`));
  return { contact, ticket };
}
