import type { Agent } from '../domain/agent.js';
import type { FieldDefinition, Iso } from '../domain/contact.js';
import type { Session } from '../domain/session.js';
import type { Settings } from '../domain/settings.js';
import type { SessionEvent } from '../telephony/platform-event.js';
import type { Fields, Intent, Ref } from './intent.js';

/** The contact and ticket of a session, as the agent chose them or the look-ups found them. */
export interface Decision {
  contact: { id: string; name?: string } | 'new';
  ticket: { id: string } | 'new';
  /** The new contact is never shared with another session. */
  ownContact?: boolean;
}

/** What the rules know of a session when one of its events comes. JSON. */
export interface Known {
  session: Session;
  /** The agent at whose desktop the rules run. Undefined on a server: the session's own agent counts. */
  agent?: Agent;
  /** The CRM account, for keys that all its agents share. */
  account: string;
  /** The contact's name, if it is known. */
  contactName?: string;
  decision?: Decision;
  contact?: Ref;
  /** The ticket that the session's writes are for. The outbox follows it if it is merged or closed. */
  ticket?: Ref;
  /** R12: the ticket that the writes went to instead. */
  moved?: { from: string; to: string };
  /** The session is recorded on its ticket (R21), by this desktop or another one. */
  recorded?: boolean;
  /** When this desktop recorded the session; unset if another one did. */
  startedAt?: Iso;
  /** The keys of the custom data that were written then. */
  toldAtStart?: readonly string[];
  /** The agent to whom this session last assigned the ticket. */
  holder?: string;
  /** X1–X10: the session fields written so far, by field id. */
  sessionFields?: Fields;
  /** The CRM's field definitions, if the event fills fields. */
  fields?: readonly FieldDefinition[];
  /** Another session has been recorded on the ticket since, so the session fields are that session's. */
  superseded?: boolean;
}

/** A rule of the requirements. Pure. */
export type Rule = (event: SessionEvent, known: Known, settings: Settings) => readonly Intent[];

export type EventOf<Type extends SessionEvent['type']> = Extract<SessionEvent, { type: Type }>;
