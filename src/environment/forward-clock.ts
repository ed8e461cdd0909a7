import type { Clock } from './environment.js';

/**
 * The system clock, except that this clock never goes back. If the system clock goes back by an hour, no timer waits
 * for an extra hour, and no duration loses one. With a monotonic clock, the time stays exact. Without one, the time
 * between the last reading before the change and the first reading after the change does not count.
 */
export class ForwardClock implements Clock {
  readonly #clock: Clock;
  #last = -Infinity;
  #lastSteady = 0;
  #ahead = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    const [now, steady] = [this.#clock.now(), this.#clock.steady?.() ?? 0];
    const least = this.#last + Math.max(0, steady - this.#lastSteady);
    this.#ahead = Math.max(this.#ahead, least - now);
    this.#last = now + this.#ahead;
    this.#lastSteady = steady;
    return this.#last;
  }
}

const made = new WeakMap<Clock, Clock>();

/** The clock for durations. Each system clock has one forward clock, so that all measurements agree. */
export function forwardClock(clock: Clock): Clock {
  const known = made.get(clock) ?? new ForwardClock(clock);
  made.set(clock, known);
  return known;
}
