import type { Timers } from '../environment/environment.js';
import { backOff } from '../outbox/retry-policy.js';
import { roleOf } from './event-roles.js';
import { partOf, type Lane } from './session-entry.js';
import { isUnresolved } from './waiting-sessions.js';

const partsWait = 60_000;

/** What a lane waits for, each with one timer at most. */
export class KeeperTimers {
  readonly #timers: Timers;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** A look-up failed: again after a while, and after the CRM's own wish. */
  retry(lane: Lane, retryAfter: number, run: () => void): void {
    lane.retry = this.#after(backOff(lane.tries, retryAfter), () => {
      delete lane.retry;
      run();
    });
  }

  /** Events whose session nobody has introduced: the platform is asked, at once for those that come after the end. */
  ask(lane: Lane, run: () => void): void {
    if (lane.retry !== undefined || lane.ask !== undefined || !isUnresolved(lane)) return;
    const isLate = lane.asks === 0 && lane.waiting.some((event) => roleOf(event) === 'late');
    lane.ask = this.#after(isLate ? 0 : backOff(lane.asks + 1), () => {
      delete lane.ask;
      run();
    });
  }

  /** R11: a part that never comes does not hold up the others for ever. */
  waitForPart(lane: Lane, run: () => void): void {
    const waiting = () => lane.waiting.flatMap((one) => (one.type === 'recording.ready' ? [one.recording] : []));
    if (waiting().length === 0 || !lane.known?.recorded) {
      this.ends(lane, 'partsEnd');
      return;
    }
    lane.partsEnd ??= this.#after(partsWait, () => {
      delete lane.partsEnd;
      const [first] = waiting().sort((a, b) => a.part - b.part);
      if (first) lane.parts.push(partOf(first, first.part - 1));
      run();
    });
  }

  /** Whether it was waited for. */
  ends(lane: Lane, wait: 'retry' | 'ask' | 'partsEnd'): boolean {
    const timer = lane[wait];
    if (timer === undefined) return false;
    this.#timers.clearTimeout(timer);
    delete lane[wait];
    return true;
  }

  /** Nothing is waited for any more. */
  clear(lane: Lane): void {
    for (const wait of ['retry', 'ask', 'partsEnd'] as const) this.ends(lane, wait);
  }

  #after(milliseconds: number, run: () => void): unknown {
    return this.#timers.setTimeout(run, milliseconds);
  }
}
