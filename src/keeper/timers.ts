import type { Timers } from '../environment/environment.js';
import { backOff } from '../outbox/retry-policy.js';
import { roleOf } from './event-roles.js';
import { partOf, type SessionEntry } from './session-entry.js';
import { isUnresolved } from './waiting-sessions.js';

const partsWait = 60_000;

/** What a entry waits for, each with one timer at most. */
export class SessionTimers {
  readonly #timers: Timers;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** A look-up failed: again after a while, and after the CRM's own wish. */
  retry(entry: SessionEntry, retryAfter: number, run: () => void): void {
    entry.retry = this.#after(backOff(entry.tries, retryAfter), () => {
      delete entry.retry;
      run();
    });
  }

  /** Events whose session nobody has introduced: the platform is asked, at once for those that come after the end. */
  ask(entry: SessionEntry, run: () => void): void {
    if (entry.retry !== undefined || entry.ask !== undefined || !isUnresolved(entry)) return;
    const isLate = entry.asks === 0 && entry.waiting.some((event) => roleOf(event) === 'late');
    entry.ask = this.#after(isLate ? 0 : backOff(entry.asks + 1), () => {
      delete entry.ask;
      run();
    });
  }

  /** R11: a part that never comes does not hold up the others for ever. */
  waitForPart(entry: SessionEntry, run: () => void): void {
    const waiting = () => entry.waiting.flatMap((one) => (one.type === 'recording.ready' ? [one.recording] : []));
    if (waiting().length === 0 || !entry.known?.recorded) {
      this.ends(entry, 'partsEnd');
      return;
    }
    entry.partsEnd ??= this.#after(partsWait, () => {
      delete entry.partsEnd;
      const [first] = waiting().sort((a, b) => a.part - b.part);
      if (first) entry.parts.push(partOf(first, first.part - 1));
      run();
    });
  }

  /** Whether it was waited for. */
  ends(entry: SessionEntry, wait: 'retry' | 'ask' | 'partsEnd'): boolean {
    const timer = entry[wait];
    if (timer === undefined) return false;
    this.#timers.clearTimeout(timer);
    delete entry[wait];
    return true;
  }

  /** Nothing is waited for any more. */
  clear(entry: SessionEntry): void {
    for (const wait of ['retry', 'ask', 'partsEnd'] as const) this.ends(entry, wait);
  }

  #after(milliseconds: number, run: () => void): unknown {
    return this.#timers.setTimeout(run, milliseconds);
  }
}
