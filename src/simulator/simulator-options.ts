import type { Clock, Timers } from '../environment/environment.js';
import type { Outcome } from './call-scripts.js';
import type { DirectoryEntry, TargetConduct } from './directory.js';
import type { Disorder } from './event-delivery.js';
import type { SimulatedProfile } from './profile.js';
import type { StateStorage } from './stored-state.js';

export interface SimulatorOptions {
  /** The seed of random faults and of ids [1]. */
  seed?: number;
  clock?: Clock;
  timers?: Timers;
  /** Replaces fields of `simulatedProfile`. A command without its capability rejects with `unsupported`. */
  profile?: Partial<SimulatedProfile>;
  /** Outcomes of calls, by the number in the dial plan. */
  calls?: Readonly<Record<string, Outcome>>;
  /** Queues, colleagues and outside numbers for transfers [`sampleDirectory`]. */
  directory?: readonly DirectoryEntry[];
  /** How transfer targets react, by their id in the directory ['answers']. */
  targets?: Readonly<Record<string, TargetConduct>>;
  /** Whether calls have a wrap-up, as long as the rules say [whether the profile has the capability `wrap-up`]. */
  wrapUp?: boolean;
  /** Whether the agent owns the events of sessions that the agent handed on: colleagues have no desktop [false]. */
  alone?: boolean;
  /** Faults in the delivery of events [none]. */
  disorder?: Partial<Disorder>;
  /** Stores the state, so that it survives a reload. A page with the same storage continues from it after `connect`. */
  storage?: StateStorage;
  /** The key of the state in the storage ['ccai-simulator']. */
  storageKey?: string;
  /** Number of ended sessions to remember [1000]. */
  remembered?: number;
  /** Number of ended sessions to store [50]. */
  endedKept?: number;
}
