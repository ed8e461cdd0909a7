import type { Clock } from '../../environment/environment.js';
import { forwardClock } from '../../environment/forward-clock.js';

/** A clock for durations. The machine's clock may be set at any time; this one is never set back. */
export const steadyClock = (clock: Clock): Clock =>
  clock.steady ? { now: () => clock.steady!() } : forwardClock(clock);
