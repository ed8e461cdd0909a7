import type { Clock } from '../environment/environment.js';
import { forwardClock } from '../environment/forward-clock.js';

/** The clock of this machine may be put right at any time: what is measured with it, is measured with one that is not. */
export const steadyClock = (clock: Clock): Clock =>
  clock.steady ? { now: () => clock.steady!() } : forwardClock(clock);

/** Further apart than this, one of the two clocks was put right. */
const jump = 5000;

/**
 * What Zendesk's clock says at least, from the Date headers of its answers: an answer was written at or after the second
 * that it names, and before it was read.
 */
export class ServerClock {
  #offset: number | undefined;

  /** `now`: of the steady clock here, when the answer was read; in milliseconds. */
  heard(date: string | undefined, now: number): void {
    const said = date === undefined ? NaN : Date.parse(date);
    if (Number.isNaN(said)) return;
    const offset = said - now;
    if (this.#offset === undefined || offset > this.#offset || offset < this.#offset - jump) this.#offset = offset;
  }

  /** Undefined while nothing is known of it. */
  atLeast(now: number): number | undefined {
    return this.#offset === undefined ? undefined : now + this.#offset;
  }
}
