import type { Clock, SealedStore } from '../environment/environment.js';
import { SealedTable } from '../environment/sealed-table.js';
import type { LeaderState } from '../machine/leader/leader-state.js';

/** The agent's day so far. S4: a call without a ticket is not in it. */
export type Day = Pick<LeaderState, 'callsToday' | 'lastCall'>;

/** Keeps the day over a reload and in the next tab that leads, sealed; a new day begins with nothing. */
export class DayStore {
  readonly #table: SealedTable<Day & { date: string }>;
  readonly #clock: Clock;
  readonly #epoch: () => number | undefined;
  #kept = '';
  #tail: Promise<void> = Promise.resolve();

  constructor(storage: SealedStore, clock: Clock, epoch: () => number | undefined) {
    this.#table = new SealedTable(storage, 'day');
    this.#clock = clock;
    this.#epoch = epoch;
  }

  async load(): Promise<Day | undefined> {
    const { rows } = await this.#table.open();
    if (!rows[0]) return undefined;
    const { date, ...day } = rows[0].value;
    return date === this.#date ? day : undefined;
  }

  /** One write after the other. What cannot be kept is only a count. */
  keep({ callsToday, lastCall }: Day): void {
    const day = { date: this.#date, callsToday, ...(lastCall ? { lastCall } : {}) };
    const text = JSON.stringify(day);
    if (text === this.#kept || callsToday === 0) return;
    this.#kept = text;
    this.#tail = this.#tail.then(() => this.#write(day)).catch(() => undefined);
  }

  async #write(day: Day & { date: string }): Promise<void> {
    const epoch = this.#epoch();
    if (epoch === undefined) return;
    await this.#table.change({ epoch, put: [{ id: 'day', value: day }] });
  }

  /** The agent's own day. */
  get #date(): string {
    return new Date(this.#clock.now()).toDateString();
  }
}
