import type { Committed, Stored, StoreChange } from '../../src/environment/environment.js';
import { MemoryStore } from '../../src/environment/in-memory.js';

const refusals: readonly (() => unknown)[] = [
  () => new DOMException('Connection to Indexed Database server lost.', 'UnknownError'),
  () => new DOMException('The database connection is closing.', 'InvalidStateError'),
  () => new DOMException('', 'QuotaExceededError'),
  () => new DOMException('', 'TransactionInactiveError'),
  () => new DOMException('', 'AbortError'),
  () => null,
  () => undefined,
  () => 'refused',
];

/** A store that sometimes refuses a call. */
export class IllStore extends MemoryStore {
  override readonly durable = true;
  /** The probability, 0 to 1, that a call is refused. */
  illness = 0;
  /** The probability, 0 to 1, that a refused call takes effect all the same. */
  doneAllTheSame = 0;
  /** The number of refused calls. */
  refused = 0;
  readonly #random: () => number;

  constructor(random: () => number) {
    super();
    this.#random = random;
  }

  override all(table: string): Promise<readonly Stored[]> {
    return this.#maybe(() => super.all(table));
  }

  override commit(change: StoreChange): Promise<Committed | undefined> {
    return this.#maybe(() => super.commit(change));
  }

  override nextEpoch(): Promise<number> {
    return this.#maybe(() => super.nextEpoch());
  }

  async #maybe<T>(work: () => Promise<T>): Promise<T> {
    if (this.#random() >= this.illness) return work();
    this.refused++;
    if (this.#random() < this.doneAllTheSame) await work();
    throw refusals[Math.floor(this.#random() * refusals.length)]!();
  }
}
