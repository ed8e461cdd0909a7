import type { Clock, Timers } from '../environment/environment.js';
import type { Outcome } from './call-scripts.js';
import type { DirectoryEntry, TargetConduct } from './directory.js';
import type { Disorder } from './event-delivery.js';
import type { SimulatedProfile } from './profile.js';
import type { StateStorage } from './stored-state.js';

export interface SimulatorOptions {
  seed?: number;
  clock?: Clock;
  timers?: Timers;
  /** In place of parts of the usual profile. A command without its capability is refused. */
  profile?: Partial<SimulatedProfile>;
  /** What calls come to, by number as it is dialled. */
  calls?: Readonly<Record<string, Outcome>>;
  /** Queues, colleagues and outside lines for transfers, in place of the usual ones. */
  directory?: readonly DirectoryEntry[];
  /** How a transfer to somebody goes, by their id in the directory ['answers']. */
  targets?: Readonly<Record<string, TargetConduct>>;
  /** Calls have a wrap-up where the rules give it seconds [whether the profile has the capability]. */
  wrapUp?: boolean;
  /** Colleagues have no desktop: what comes of a call that was handed on to them stays the agent's to write [false]. */
  alone?: boolean;
  /** None by default. */
  disorder?: Partial<Disorder>;
  /** With it, a reload of the page finds its calls again, and another page goes on with them after `connect`. */
  storage?: StateStorage;
  storageKey?: string;
  /** How many ended sessions are remembered [1000]. */
  remembered?: number;
  /** How many of them survive in the storage [50]. */
  endedKept?: number;
}
