import { seededRandom } from '../../../src/environment/seeded-random.js';
import type { Clock } from '../../../src/environment/environment.js';
import { settle, SimulatedTime } from '../../../src/testing/simulated-time.js';

/** Time, randomness and counts of one seed. */
export class World {
  /** The correct time, which the CRM and the platform have. */
  readonly time: SimulatedTime;
  /** The clock of the agent's machine, which may be wrong and may be changed. */
  readonly clock: Clock = { now: () => this.time.now() + this.ahead };
  ahead = 0;
  readonly counts: Record<string, number> = {};
  /** The number of faults so far. */
  faults = 0;
  readonly #random: () => number;
  #ticks = 0;

  constructor(seed: number, settled = settle) {
    this.#random = seededRandom(seed);
    this.time = new SimulatedTime(undefined, settled);
  }

  readonly chance = (part: number): boolean => this.#random() < part;
  readonly below = (most: number): number => Math.floor(this.#random() * most);
  readonly pick = <T>(from: readonly T[]): T => from[this.below(from.length)]!;
  readonly count = (what: string): void => {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
    if (/^(fault|event)/.test(what)) this.faults++;
  };
  readonly after = (milliseconds: number, run: () => void): void => void this.time.setTimeout(run, milliseconds);
  readonly wait = (milliseconds: number): Promise<void> => new Promise((done) => this.after(milliseconds, done));
  /** A number that grows with each call. */
  readonly tick = (): number => ++this.#ticks;
  get iso(): string {
    return new Date(this.time.now()).toISOString();
  }
}
