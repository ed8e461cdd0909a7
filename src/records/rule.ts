import type { Agent } from '../domain/agent.js';
import type { Session } from '../domain/session.js';
import type { Settings } from '../domain/settings.js';
import type { SessionEvent } from '../telephony/platform-event.js';
import type { Intent, Ref } from './intent.js';

/** What is known of a session when an event of it comes. */
export interface Known {
  session: Session;
  agent: Agent;
  /** The CRM account, for keys that are shared by all its agents. */
  account: string;
  /** The name of the contact, where it is there already. */
  contactName?: string;
  contact?: Ref;
  ticket?: Ref;
}

/** A rule of the requirements: event + what is known + settings → intents. Pure. */
export type Rule = (event: SessionEvent, known: Known, settings: Settings) => readonly Intent[];
