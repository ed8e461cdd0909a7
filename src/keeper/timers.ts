import type { Timers } from '../environment/environment.js';
import { backOff } from '../outbox/retry-policy.js';
import { roleOf } from './event-roles.js';
import { isPast } from './card-time.js';
import { awaitsEndCard, isRecorded, partOf, type SessionEntry } from './session-entry.js';
import { isUnresolved } from './waiting-sessions.js';

const partsWait = 60_000;

/**
 * `look-up`: the keeper repeats a CRM look-up. `resolve`: the keeper asks the platform for the session's record.
 * `part`: the keeper stops waiting for a part of a recording. `card`: the end card is due.
 */
type Wait = 'look-up' | 'resolve' | 'part' | 'card';

/** The keeper's timers. Each session has at most one of each kind. */
export class SessionTimers {
  readonly #timers: Timers;
  readonly #set = new WeakMap<SessionEntry, Map<Wait, unknown>>();

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  isSet(entry: SessionEntry, wait: Wait): boolean {
    return this.#of(entry).has(wait);
  }

  /** Sets the timer after a failed look-up. `retryAfter` is the minimum delay that the CRM asks for, in seconds. */
  lookUpAgain(entry: SessionEntry, retryAfter: number, run: () => void): void {
    this.#start(entry, 'look-up', backOff(entry.tries, retryAfter), run);
  }

  /** Sets the timer for an unresolved session. R17: the first delay is 0 if an event waits that may come late. */
  resolve(entry: SessionEntry, run: () => void): void {
    if (this.isSet(entry, 'look-up') || this.isSet(entry, 'resolve') || !isUnresolved(entry)) return;
    const { asks } = entry.resolving;
    const isLate = asks === 0 && entry.waiting.some((event) => roleOf(event) === 'late');
    this.#start(entry, 'resolve', isLate ? 0 : backOff(asks + 1), run);
  }

  /** R11: after a minute, counts a missing part of a recording as written, so that the later parts follow. */
  waitForPart(entry: SessionEntry, run: () => void): void {
    const waiting = () => entry.waiting.flatMap((one) => (one.type === 'recording.ready' ? [one.recording] : []));
    if (waiting().length === 0 || !isRecorded(entry)) {
      this.end(entry, 'part');
      return;
    }
    if (this.isSet(entry, 'part')) return;
    this.#start(entry, 'part', partsWait, () => {
      const [first] = waiting().sort((a, b) => a.part - b.part);
      if (first) entry.parts.push(partOf(first, first.part - 1));
      run();
    });
  }

  /** R31: sets the timer for the end card. */
  waitForCard(entry: SessionEntry, now: number, run: () => void): void {
    this.end(entry, 'card');
    if (!awaitsEndCard(entry)) return;
    this.#start(entry, 'card', isPast(entry.cardDue, now) ? 0 : entry.cardDue! - now, run);
  }

  /** Clears the timer. Returns false if the timer was not set. */
  end(entry: SessionEntry, wait: Wait): boolean {
    const timers = this.#of(entry);
    if (!timers.has(wait)) return false;
    this.#timers.clearTimeout(timers.get(wait));
    return timers.delete(wait);
  }

  clear(entry: SessionEntry): void {
    for (const wait of [...this.#of(entry).keys()]) this.end(entry, wait);
  }

  #of(entry: SessionEntry): Map<Wait, unknown> {
    const timers = this.#set.get(entry) ?? new Map<Wait, unknown>();
    this.#set.set(entry, timers);
    return timers;
  }

  #start(entry: SessionEntry, wait: Wait, milliseconds: number, run: () => void): void {
    const timers = this.#of(entry);
    timers.set(
      wait,
      this.#timers.setTimeout(() => {
        timers.delete(wait);
        run();
      }, milliseconds),
    );
  }
}
