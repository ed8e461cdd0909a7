import type { Agent } from '../domain/agent.js';
import type { FieldDefinition, Iso } from '../domain/contact.js';
import type { ChatMessage, Session } from '../domain/session.js';
import type { Settings } from '../domain/settings.js';
import type { SessionEvent } from '../telephony/platform-event.js';
import type { Fields, Intent, Ref } from './intent.js';
import type { SessionFacts } from './session-facts.js';
import type { Writing } from './writing.js';

/** The contact and ticket of a session, from the agent's choice or from the look-ups. */
export interface Decision {
  contact: { id: string; name?: string } | 'new';
  ticket: { id: string } | 'new';
  /** Whether the session must not share its new contact with another session. */
  ownContact?: boolean;
}

/** The facts about a session that the rules get with each of its events. JSON. */
export interface Known {
  session: Session;
  /** The agent at whose desktop the rules run. Undefined on a server, where the session's own agent counts. */
  agent?: Agent;
  /** The CRM account, for keys that all its agents share. */
  account: string;
  /** The contact's name. Absent if the name is unknown. */
  contactName?: string;
  decision?: Decision;
  contact?: Ref;
  /** The ticket for the session's writes. The outbox finds the next ticket if the CRM merges or closes this ticket. */
  ticket?: Ref;
  /** R12: the ticket of the session, and the ticket that the outbox wrote to instead. */
  moved?: { from: string; to: string };
  /** R35: the number of the record's corrections so far. It is part of the keys of all later writes. */
  correction?: number;
  /** R35: the ticket that has what another desktop wrote before the correction. */
  earlier?: string;
  /** R35: an earlier correction has left cards on the present ticket, and no line. The next one owes it. */
  owesLine?: boolean;
  /** Whether a desktop, this or another, has recorded the session on its ticket (R21). */
  recorded?: boolean;
  /** When this desktop recorded the session. Absent if another desktop recorded the session. */
  startedAt?: Iso;
  /** The keys of the custom data that this desktop wrote at `startedAt`. */
  toldAtStart?: readonly string[];
  /** The agent to whom this session last assigned the ticket. */
  holder?: string;
  /** X1–X10: the session fields written so far, by field id. */
  sessionFields?: Fields;
  /** The CRM's field definitions, if the event fills fields. */
  fields?: readonly FieldDefinition[];
  /** R31: what the next card will say. */
  facts?: SessionFacts;
  /** R31: the end card is written, or the session gets none. Later notes and recordings have comments of their own. */
  finished?: boolean;
  /** R34: the transcript of the chat is still to be written. */
  transcript?: 'due';
  /** R4: the caller did not wait. The session has no end card. */
  abandoned?: boolean;
  /** R30: the ids of the latest events that a card has taken along, or will. A second delivery changes nothing. */
  heard?: readonly string[];
  /** R31: the agent's turn is over, and another desktop writes the rest. */
  handedOver?: boolean;
  /** S17, R33: the words and formats for the event's comments. Never stored. */
  writing?: Writing;
  /** Whether a later session is on the ticket. The ticket's session fields then belong to the later session. */
  superseded?: boolean;
}

/** R31: the end card is due, because wrap-up has lasted long enough. */
export interface CardDue {
  type: 'card.due';
  id: string;
  at: Iso;
  sessionId: string;
}

/** R34: the conversation of a chat whose end card is written, as far as it could be read. */
export interface TranscriptRead {
  type: 'transcript.read';
  id: string;
  at: Iso;
  sessionId: string;
  /** The oldest first. */
  messages: readonly ChatMessage[];
  /** Whether the platform has a conversation that could not be read. */
  failed?: boolean;
}

/** What the rules take: an event of the platform, the time for the end card, or a conversation for the transcript. */
export type RecordEvent = SessionEvent | CardDue | TranscriptRead;

/** A rule of the requirements. Pure. */
export type Rule = (event: RecordEvent, known: Known, settings: Settings) => readonly Intent[];

export type EventOf<Type extends SessionEvent['type']> = Extract<SessionEvent, { type: Type }>;
