import type { Clock, SealedStore } from '../environment/environment.js';
import type { LeaderState } from '../machine/leader/leader-state.js';

/** The agent's calls of the day. S4: a call without a ticket is not among them. */
export type Day = Pick<LeaderState, 'callsToday' | 'lastCall'>;

const table = 'day';

/** Stores the day, sealed, over a reload and for the next tab that leads. A new day begins empty. */
export class DayStore {
  readonly #storage: SealedStore;
  readonly #clock: Clock;
  readonly #epoch: () => number | undefined;
  #kept = '';
  #tail: Promise<void> = Promise.resolve();

  constructor(storage: SealedStore, clock: Clock, epoch: () => number | undefined) {
    this.#storage = storage;
    this.#clock = clock;
    this.#epoch = epoch;
  }

  async load(): Promise<Day | undefined> {
    const { store, crypto } = this.#storage;
    const [row] = await store.all(table);
    if (!row) return undefined;
    const { date, ...day } = (await crypto.open(row.value)) as Day & { date: string };
    return date === this.#date ? day : undefined;
  }

  /** Writes run one after the other. An error is ignored, because only a count would be lost. */
  keep({ callsToday, lastCall }: Day): void {
    const day = { date: this.#date, callsToday, ...(lastCall ? { lastCall } : {}) };
    const text = JSON.stringify(day);
    if (text === this.#kept || callsToday === 0) return;
    this.#kept = text;
    this.#tail = this.#tail.then(() => this.#write(day)).catch(() => undefined);
  }

  async #write(day: Day): Promise<void> {
    const epoch = this.#epoch();
    if (epoch === undefined) return;
    const { store, crypto } = this.#storage;
    await store.commit({ table, epoch, put: [{ id: 'day', order: 0, value: await crypto.seal(day) }] });
  }

  /** The date in the agent's time zone. */
  get #date(): string {
    return new Date(this.#clock.now()).toDateString();
  }
}
