import type { Choice } from '../domain/session.js';
import type { Found } from '../records/decision.js';
import type { Known } from '../records/rule.js';
import type { SessionEvent } from '../telephony/platform-event.js';

/**
 * What the keeper holds of a session: what is known, what was found, the agent's choice, and the events that wait. JSON,
 * but for the files of recordings and attachments.
 */
export interface KeptSession {
  sessionId: string;
  /** Unset while nobody has introduced it. */
  known?: Known;
  waiting: readonly SessionEvent[];
  found: Found;
  choice?: Choice;
  /** The agent was asked (A10). */
  asked?: boolean;
  /** Its last event is behind it. */
  closed?: boolean;
  /** A person gave it up. */
  discarded?: boolean;
}

/** Where it survives a reload. A session without a ticket (S4) is never in it. */
export interface Journal {
  load(): Promise<readonly KeptSession[]>;
  save(session: KeptSession): Promise<void>;
  remove(sessionId: string): Promise<void>;
}

/** A journal that lives as long as its page. */
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
