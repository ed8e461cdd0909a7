import type { Contact } from './contact.js';
import type { Choice } from './session.js';
import type { TicketChoice } from './ticket-choice.js';

/** R35: what the agent can choose instead of a session's contact and ticket. */
export interface CorrectionOffer {
  /** The number of corrections so far. A press on an older offer changes nothing. */
  after: number;
  contacts: readonly Contact[];
  /** The session's contact and ticket. Unset while the CRM has not made them. */
  contact?: string;
  ticket?: string;
  /** The tickets of the contact that the offer is for. */
  tickets: TicketChoice;
}

/** Why a correction is refused. */
export type CorrectionRefusal =
  /** This desktop does not have the session's facts. */
  | 'not-here'
  /** Another agent has the session, or nobody had it. */
  | 'not-yours'
  /** 24 hours have passed since the session's end. */
  | 'too-late'
  /** The record has been corrected since the offer. */
  | 'changed-since'
  /** The ticket is solved or closed. */
  | 'ticket-not-live'
  /** The ticket is another contact's. */
  | 'ticket-of-another'
  /** The contact or the ticket is not in the CRM any more. */
  | 'gone';

export class CorrectionRefused extends Error {
  override readonly name = 'CorrectionRefused';
  readonly code: CorrectionRefusal;
  constructor(code: CorrectionRefusal) {
    super(`The record cannot be changed: ${code}.`);
    this.code = code;
  }
}

/** A complete choice. */
export type CorrectedChoice = Required<Choice>;

/** R35: asks the leader what the agent can choose (`contactId`: whose tickets), or tells it the choice. */
export type CorrectionQuestion = { type: 'correction'; sessionId: string } & (
  { ask: 'offer'; contactId?: string } | { ask: 'correct'; after: number; choice: CorrectedChoice }
);
