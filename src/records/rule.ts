import type { Agent } from '../domain/agent.js';
import type { FieldDefinition, Iso } from '../domain/contact.js';
import type { Session } from '../domain/session.js';
import type { Settings } from '../domain/settings.js';
import type { SessionEvent } from '../telephony/platform-event.js';
import type { Fields, Intent, Ref } from './intent.js';

/** What the agent or the look-ups settled: who it is, and which ticket it goes to. */
export interface Decision {
  contact: { id: string; name?: string } | 'new';
  ticket: { id: string } | 'new';
  /** A new contact that is shared with no other session. */
  ownContact?: boolean;
}

/** What is known of a session when an event of it comes. JSON. */
export interface Known {
  session: Session;
  agent: Agent;
  /** The CRM account, for keys that are shared by all its agents. */
  account: string;
  /** The name of the contact, where it is there already. */
  contactName?: string;
  decision?: Decision;
  contact?: Ref;
  /** Where its writes are meant to go, in their order: what became of it, the outbox finds. */
  ticket?: Ref;
  /** R12: where they went instead. */
  moved?: { from: string; to: string };
  /** The session stands on its ticket (R21), by whoever's hand. */
  recorded?: boolean;
  /** When it came on its ticket here; unset where that was elsewhere. */
  startedAt?: Iso;
  /** The keys of the custom data that it told then. */
  toldAtStart?: readonly string[];
  /** To whom the ticket was last assigned for this session. */
  holder?: string;
  /** X1–X10: what was written of them so far, by field id. */
  sessionFields?: Fields;
  /** The fields of the CRM, where an event fills some in. */
  fields?: readonly FieldDefinition[];
  /** Another session has been on the ticket since: its automatic fields are that one's. */
  superseded?: boolean;
}

/** A rule of the requirements: event + what is known + settings → intents. Pure. */
export type Rule = (event: SessionEvent, known: Known, settings: Settings) => readonly Intent[];

export type EventOf<Type extends SessionEvent['type']> = Extract<SessionEvent, { type: Type }>;
