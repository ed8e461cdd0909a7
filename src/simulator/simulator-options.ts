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
  /** Replaces fields of `simulatedProfile`. Commands without their capability reject with `unsupported`. */
  profile?: Partial<SimulatedProfile>;
  /** Outcomes of calls, by number as it is dialled. */
  calls?: Readonly<Record<string, Outcome>>;
  /** Queues, colleagues and outside numbers for transfers [`sampleDirectory`]. */
  directory?: readonly DirectoryEntry[];
  /** How transfer targets behave, by their id in the directory ['answers']. */
  targets?: Readonly<Record<string, TargetConduct>>;
  /** Whether calls have a wrap-up, with the seconds of the rules [whether the profile has the capability `wrap-up`]. */
  wrapUp?: boolean;
  /** Colleagues have no desktop, so the agent owns the events of sessions that they handed on [false]. */
  alone?: boolean;
  /** Faults in the delivery of events [none]. */
  disorder?: Partial<Disorder>;
  /** Keeps the state over a reload. Another page with the same storage continues from it after `connect`. */
  storage?: StateStorage;
  storageKey?: string;
  /** Number of ended sessions to remember [1000]. */
  remembered?: number;
  /** Number of ended sessions to keep in the storage [50]. */
  endedKept?: number;
}
