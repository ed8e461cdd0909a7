import type { Clock } from '../domain/environment.js';

/** The machine's clock, but for being put back: nothing waits for the hour that it was ahead. */
export class ForwardClock implements Clock {
  readonly #clock: Clock;
  #last = -Infinity;
  #ahead = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    const now = this.#clock.now();
    this.#ahead = Math.max(this.#ahead, this.#last - now);
    this.#last = now + this.#ahead;
    return this.#last;
  }
}
