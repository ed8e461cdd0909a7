import type { Clock, SealedStore } from '../environment/environment.js';
import { SealedTable } from '../environment/sealed-table.js';
import type { LeaderState } from '../machine/leader/leader-state.js';

/** The agent's calls of the day, and whether one was missed. S4: a call without a ticket is not among them. */
export type Day = Pick<LeaderState, 'callsToday' | 'lastCall'> & { missed?: true };

/**
 * Stores the day, sealed, over a reload and for the next tab that leads. A new day begins empty, except that a missed
 * call stays missed (A13).
 */
export class DayStore {
  readonly #table: SealedTable<Day & { date: string }>;
  readonly #clock: Clock;
  readonly #epoch: () => number | undefined;
  #stored = '';
  #lastWrite: Promise<void> = Promise.resolve();

  constructor(storage: SealedStore, clock: Clock, epoch: () => number | undefined) {
    this.#table = new SealedTable(storage, 'day');
    this.#clock = clock;
    this.#epoch = epoch;
  }

  async load(): Promise<Day | undefined> {
    const { rows } = await this.#table.open();
    if (!rows[0]) return undefined;
    const { date, missed, ...day } = rows[0].value;
    return { ...(date === this.#date ? day : { callsToday: 0 }), ...(missed && { missed }) };
  }

  /** Stores the day. Writes run one after the other. An error is ignored, because only a count is lost. */
  keep({ callsToday, lastCall, missed }: Pick<LeaderState, 'callsToday' | 'lastCall' | 'missed'>): void {
    const day = { date: this.#date, callsToday, lastCall, ...(missed && { missed }) };
    const text = JSON.stringify(day);
    const isEmpty = callsToday === 0 && !missed && this.#stored === '';
    if (text === this.#stored || isEmpty) return;
    this.#stored = text;
    this.#lastWrite = this.#lastWrite.then(() => this.#write(day)).catch(() => undefined);
  }

  async #write(day: Day & { date: string }): Promise<void> {
    const epoch = this.#epoch();
    if (epoch === undefined) return;
    await this.#table.change({ epoch, put: [{ id: 'day', value: day }] });
  }

  /** The date in the agent's time zone. */
  get #date(): string {
    return new Date(this.#clock.now()).toDateString();
  }
}
