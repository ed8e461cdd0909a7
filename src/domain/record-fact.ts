import type { Contact } from './contact.js';
import type { Failure } from './failure.js';
import type { TicketStatus } from './ticket.js';

/** The contact and the ticket of a session, as links (A10). */
export interface RecordLinks {
  contact?: { id: string; name: string; url?: string };
  ticket?: { id: string; subject: string; status: TicketStatus; url?: string } | 'none';
}

/** R2, A10: an inbound call whose number several contacts have. */
export interface RecordChoice {
  /** Most recently created first: without a choice, the first at the end of the call. */
  contacts: readonly Contact[];
  /** S2: the ticket is chosen too. */
  asksTicket: boolean;
}

/** What became of the session's records. */
export type RecordFact =
  | ({ type: 'record.associated' } & RecordLinks)
  | { type: 'record.choice-needed'; choice: RecordChoice }
  | { type: 'record.failed'; failure: Failure }
  | { type: 'record.recovered' };

/** B5: a session whose events wait, as the CRM cannot be asked what they are to be written to. JSON. */
export interface UnrecordedSession {
  sessionId: string;
  /** E.164, where it is known. */
  number?: string;
  chat: boolean;
  /** Milliseconds since 1970. */
  since: number;
  failure: Failure;
}
