import { seededRandom } from '../../../src/environment/seeded-random.js';
import type { Clock } from '../../../src/environment/environment.js';
import { settle, SimulatedTime } from '../../../src/testing/simulated-time.js';

/** The time, the random decisions and the counts of one seed. */
export class SimContext {
  /** The real time, which the CRM and the platform have. */
  readonly time: SimulatedTime;
  /** The clock of the agent's machine, which a person may set. */
  readonly clock: Clock = { now: () => this.time.now() + this.ahead };
  /** Milliseconds by which the clock of the agent's machine is ahead. */
  ahead = 0;
  readonly counts: Record<string, number> = {};
  /** The number of faults and events so far. */
  faults = 0;
  readonly #random: () => number;
  #ticks = 0;

  constructor(seed: number, settled = settle) {
    this.#random = seededRandom(seed);
    this.time = new SimulatedTime(undefined, settled);
  }

  readonly chance = (probability: number): boolean => this.#random() < probability;
  readonly below = (limit: number): number => Math.floor(this.#random() * limit);
  readonly pick = <T>(from: readonly T[]): T => from[this.below(from.length)]!;
  readonly count = (what: string): void => {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
    if (/^(fault|event)/.test(what)) this.faults++;
  };
  readonly after = (milliseconds: number, run: () => void): void => void this.time.setTimeout(run, milliseconds);
  readonly wait = (milliseconds: number): Promise<void> => new Promise((done) => this.after(milliseconds, done));
  /** Returns a higher number at each call. */
  readonly tick = (): number => ++this.#ticks;
  get iso(): string {
    return new Date(this.time.now()).toISOString();
  }
}
