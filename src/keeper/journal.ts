import type { Choice } from '../domain/session.js';
import type { Found } from '../records/decision.js';
import type { Known } from '../records/rule.js';
import type { SessionEvent } from '../telephony/platform-event.js';

/**
 * What the journal holds of a session: the facts, the results of look-ups, the agent's choice, and the waiting events.
 * JSON, but for the files of recordings and attachments.
 */
export interface KeptSession {
  sessionId: string;
  /** Unset until an event introduces the session. */
  known?: Known;
  waiting: readonly SessionEvent[];
  found: Found;
  choice?: Choice;
  /** A10: the agent was asked. */
  asked?: boolean;
  /** Its last event is written. */
  closed?: boolean;
  /** A person gave up its record. */
  discarded?: boolean;
}

/** Session entries that survive a reload. S4: a session without a ticket is never in it. */
export interface Journal {
  load(): Promise<readonly KeptSession[]>;
  save(session: KeptSession): Promise<void>;
  remove(sessionId: string): Promise<void>;
}

/** A journal that is lost with its page. */
export class MemoryJournal implements Journal {
  readonly #kept = new Map<string, KeptSession>();

  load(): Promise<readonly KeptSession[]> {
    return Promise.resolve([...this.#kept.values()]);
  }

  save(session: KeptSession): Promise<void> {
    this.#kept.set(session.sessionId, structuredClone(session));
    return Promise.resolve();
  }

  remove(sessionId: string): Promise<void> {
    this.#kept.delete(sessionId);
    return Promise.resolve();
  }
}
