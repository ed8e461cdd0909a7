import { seededRandom } from '../../../src/environment/seeded-random.js';
import type { Clock } from '../../../src/environment/environment.js';
import { settle, SimulatedTime } from '../../../src/testing/simulated-time.js';

/** Time, chance and what is counted, of one seed. */
export class World {
  /** The true time, which the CRM and the platform have. */
  readonly time: SimulatedTime;
  /** The clock of the agent's machine, which somebody may put right, or wrong. */
  readonly clock: Clock = { now: () => this.time.now() + this.ahead };
  ahead = 0;
  readonly counts: Record<string, number> = {};
  /** What has gone wrong so far, of any kind. */
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
  /** What comes later has a higher one. */
  readonly tick = (): number => ++this.#ticks;
  get iso(): string {
    return new Date(this.time.now()).toISOString();
  }
}
