import type { Contact } from './contact.js';
import type { Failure } from './failure.js';
import type { TicketStatus } from './ticket.js';

export interface LinkedTicket {
  id: string;
  subject: string;
  status: TicketStatus;
  url?: string;
}

/** Links to a session's contact and ticket (A10). */
export interface RecordLinks {
  contact?: { id: string; name: string; url?: string };
  ticket?: LinkedTicket | 'none';
}

/** R2, A10: the agent's choice for an inbound call whose number several contacts have. */
export interface RecordChoice {
  /** Most recently created first. If the agent does not choose before the end of the call, the first is taken. */
  contacts: readonly Contact[];
  /** S2: the agent chooses the ticket too. */
  asksTicket: boolean;
}

/** A fact about a session's record in the CRM. */
export type RecordFact =
  | ({ type: 'record.associated' } & RecordLinks)
  /** A16: what the CRM says about the session's ticket now. */
  | { type: 'record.ticket-read'; ticket: LinkedTicket }
  | { type: 'record.choice-needed'; choice: RecordChoice }
  | { type: 'record.failed'; failure: Failure }
  | { type: 'record.recovered' };

/** B5: a session whose events wait, because the look-up of its contact and ticket failed. JSON. */
export interface UnrecordedSession {
  sessionId: string;
  /** E.164, if it is known. */
  number?: string;
  chat: boolean;
  /** Milliseconds since 1970. */
  since: number;
  failure: Failure;
}
