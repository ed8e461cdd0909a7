import type { SealedStore } from '../environment/environment.js';
import { SealedTable, type SealedRow } from '../environment/sealed-table.js';
import type { NewRow, OutboxRow } from './outbox-row.js';

/** Another tab has become the leader. The store refuses this tab's changes. */
export class Deposed extends Error {
  override readonly name = 'Deposed';
}

/** The outbox's rows in a sealed table. */
export class OutboxStore {
  readonly #storage: SealedStore;
  readonly #table: SealedTable<NewRow>;
  readonly #onUnreadable: () => void;
  readonly #unreadable = new Set<string>();

  constructor(storage: SealedStore, unreadable: () => void = () => undefined) {
    this.#storage = storage;
    this.#table = new SealedTable(storage, 'outbox');
    this.#onUnreadable = unreadable;
  }

  get durable(): boolean {
    return this.#table.durable;
  }

  get own(): string | undefined {
    return this.#table.own;
  }

  /** Makes the caller the leader, and resolves with its epoch. Deposes all earlier leaders. */
  lead(): Promise<number> {
    return this.#storage.store.nextEpoch();
  }

  /** All rows in order, except those whose `order` is known. `last`: the order of the table's last row [-1]. */
  async load(known: ReadonlySet<number> = new Set()): Promise<{ rows: readonly OutboxRow[]; last: number }> {
    const { rows, last } = await this.#table.open({
      isWanted: ({ id, order }) => !known.has(order) && !this.#unreadable.has(id),
      unreadable: (lost) => {
        for (const { id } of lost) this.#unreadable.add(id);
        this.#onUnreadable();
      },
    });
    return { rows: rows.map(rowOf), last };
  }

  /** The orders of all rows, read without opening the rows. */
  async orders(): Promise<ReadonlySet<number>> {
    return new Set((await this.#table.stored()).map(({ order }) => order));
  }

  /**
   * Adds the rows whose keys are new, and resolves with them once they are stored. Any tab may add rows without an
   * epoch. With an epoch, rejects with `Deposed` if another tab leads.
   */
  async add(rows: readonly NewRow[], epoch?: number): Promise<readonly OutboxRow[]> {
    if (rows.length === 0) return [];
    const add = rows.map((row) => ({ key: row.key, value: row }));
    const done = await this.#table.change({ add, ...(epoch !== undefined && { epoch }) });
    if (!done) throw new Deposed('Another tab leads.');
    return Promise.all(done.added.map(async (one) => rowOf(await this.#table.unseal(one))));
  }

  /** Writes the rows in one transaction. Rejects with `Deposed` if another tab leads. */
  async write(epoch: number, rows: readonly OutboxRow[]): Promise<void> {
    const put = rows.map(({ order, ...row }) => ({ key: row.key, order, value: row }));
    if (!(await this.#table.change({ put, epoch }))) throw new Deposed('Another tab leads.');
  }

  /**
   * Removes the rows. Rejects with `Deposed` if another tab leads. If the store has a row after the order `upTo`, which
   * may depend on a row in `keys`, removes nothing and resolves with false.
   */
  async remove(epoch: number, keys: readonly string[], upTo: number): Promise<boolean> {
    const done = await this.#table.change({ remove: keys, epoch, upTo });
    if (!done) throw new Deposed('Another tab leads.');
    return done.behind !== true;
  }

  /** Removes rows from a store that only this page has. Needs no epoch, because no other tab can lead there. */
  async forget(keys: readonly string[]): Promise<void> {
    await this.#table.change({ remove: keys });
  }
}

const rowOf = ({ order, value }: SealedRow<NewRow>): OutboxRow => ({ ...value, order });
