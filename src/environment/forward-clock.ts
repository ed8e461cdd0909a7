import type { Clock } from './environment.js';

/**
 * The machine's clock, but for being put back: nothing waits for the hour that it was ahead, and no duration loses it.
 * Where there is a steady clock, it tells how much time has gone by meanwhile; without it, what lies between the last look
 * before and the first after is not known.
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

/** What durations are measured with. One for each clock: all who measure agree, and one form knows what another has seen. */
export function forwardClock(clock: Clock): Clock {
  const known = made.get(clock) ?? new ForwardClock(clock);
  made.set(clock, known);
  return known;
}
