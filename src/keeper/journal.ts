import type { Choice } from '../domain/session.js';
import type { Found } from '../records/decision.js';
import type { Known } from '../records/rule.js';
import type { ArchivedEvent, Correction } from './correction.js';
import type { SessionEvent } from '../telephony/platform-event.js';

/**
 * A session in the journal: its facts, look-up results and waiting events, and the agent's choice. All of it is JSON,
 * except for the files of recordings and attachments.
 */
export interface KeptSession {
  sessionId: string;
  /** Unset until an event introduces the session. */
  known?: Known;
  waiting: readonly SessionEvent[];
  found: Found;
  choice?: Choice;
  /** A10: whether the keeper has asked the agent. */
  asked?: boolean;
  /** R31: when the end card is due, in milliseconds since 1970. */
  cardDue?: number;
  /** When the keeper had nothing left to write, in milliseconds since 1970. */
  overSince?: number;
  /** R35: the events that the keeper has taken, until 24 hours after the session. */
  archive?: readonly ArchivedEvent[];
  correction?: Correction;
  /** When the keeper heard the session's end, in milliseconds since 1970. */
  endedAt?: number;
  /** Whether the keeper has written the session's last event. */
  closed?: boolean;
  /** Whether a person has given up the session's record. */
  discarded?: boolean;
}

/** Keeps session entries through a reload. S4: the journal never holds a session that gets no ticket. */
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
