import type { RecordFact } from '../domain/record-fact.js';
import type { Outbox } from '../outbox/outbox.js';
import { orphansOf } from './outbox-feedback.js';
import { discardedFact } from './record-facts.js';
import type { SessionEntries } from './session-entries.js';
import {
  awaitsEndCard,
  awaitsTranscript,
  close,
  discard,
  hasWork,
  isDiscarded,
  isHandOver,
  isRecorded,
  learn,
  withoutTranscript,
  type SessionEntry,
} from './session-entry.js';
import type { SessionTimers } from './timers.js';

export interface DiscardingPorts {
  entries: SessionEntries;
  timers: SessionTimers;
  outbox: Outbox;
  tell: (sessionId: string, fact: RecordFact) => void;
  silence: (sessionId: string) => void;
  keep: (entry: SessionEntry) => Promise<void>;
}

/** B5: gives up records for a person. */
export class Discarding {
  readonly #ports: DiscardingPorts;

  constructor(ports: DiscardingPorts) {
    this.#ports = ports;
  }

  /** Gives up the session's record. The keeper drops the session's later events. */
  discard(entry: SessionEntry): void {
    if (!entry.known) return this.#ports.silence(entry.sessionId);
    discard(entry);
    this.#ports.tell(entry.sessionId, discardedFact);
    this.drop(entry);
  }

  /** Drops the waiting events. R13: after a hand-over, the next agent's desktop records the session. */
  drop(entry: SessionEntry): void {
    const { entries, timers, outbox, tell, keep } = this.#ports;
    const events = entry.waiting;
    entry.waiting = [];
    if (awaitsEndCard(entry)) learn(entry, { ...entry.known!, finished: true });
    if (awaitsTranscript(entry)) learn(entry, withoutTranscript(entry));
    timers.clear(entry);
    delete entry.blocked;
    entry.tries = 0;
    if (isDiscarded(entry) && events.some(isHandOver)) return entries.forget(entry);
    if (events.some(({ type }) => type === 'session.closed')) {
      close(entry);
      // S4: the platform stores `none` as the ticket, so that no desktop takes up the call as unrecorded.
      if (isDiscarded(entry)) tell(entry.sessionId, discardedFact);
    }
    for (const key of orphansOf(entry, outbox.entries)) void outbox.discard(key);
    void keep(entry);
  }

  /** Drops the waiting events of one session, or of all. A session that has no ticket then never gets one. */
  discardWaiting(sessionId?: string): void {
    for (const entry of this.#ports.entries.all) {
      if (!hasWork(entry) || (sessionId ?? entry.sessionId) !== entry.sessionId) continue;
      if (sessionId === undefined) this.#ports.entries.forget(entry);
      else if (isRecorded(entry)) this.drop(entry);
      else this.discard(entry);
    }
  }
}
