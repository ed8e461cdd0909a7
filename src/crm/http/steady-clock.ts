import type { Clock } from '../../environment/environment.js';
import { forwardClock } from '../../environment/forward-clock.js';

/** A clock for durations. Unlike the machine's clock, this clock never goes back. */
export const steadyClock = (clock: Clock): Clock =>
  clock.steady ? { now: () => clock.steady!() } : forwardClock(clock);
