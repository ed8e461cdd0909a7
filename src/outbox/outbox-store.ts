import type { SealedStore } from '../environment/environment.js';
import { SealedTable, type SealedRow } from '../environment/sealed-table.js';
import type { NewRow, OutboxRow } from './outbox-row.js';

/** Another tab has become the leader: whatever this one wanted to write is refused. */
export class Deposed extends Error {
  override readonly name = 'Deposed';
}

/** The rows of the outbox, in their sealed table. */
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

  /** Makes its caller the leader. Every earlier leader is deposed. */
  lead(): Promise<number> {
    return this.#storage.store.nextEpoch();
  }

  /** All rows, in their order, but for those whose `order` is known. `last`: the order of the table's last row [-1]. */
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

  /** The orders of all rows. No row is opened for it. */
  async orders(): Promise<ReadonlySet<number>> {
    return new Set((await this.#table.stored()).map(({ order }) => order));
  }

  /**
   * Adds rows whose keys are new, and returns them once they are durable. Any tab may add. With an epoch only the leader
   * may, and it rejects with `Deposed` once another tab leads.
   */
  async add(rows: readonly NewRow[], epoch?: number): Promise<readonly OutboxRow[]> {
    if (rows.length === 0) return [];
    const add = rows.map((row) => ({ key: row.key, value: row }));
    const done = await this.#table.change({ add, ...(epoch !== undefined && { epoch }) });
    if (!done) throw new Deposed('Another tab leads.');
    return Promise.all(done.added.map(async (one) => rowOf(await this.#table.unseal(one))));
  }

  /** In one transaction. Rejects with `Deposed` once another tab leads. */
  async write(epoch: number, rows: readonly OutboxRow[]): Promise<void> {
    const put = rows.map(({ order, ...row }) => ({ key: row.key, order, value: row }));
    if (!(await this.#table.change({ put, epoch }))) throw new Deposed('Another tab leads.');
  }

  /**
   * Rejects with `Deposed` once another tab leads. False: a row was added after the one with the order `upTo`, and may refer
   * to one of these. Then nothing is removed.
   */
  async remove(epoch: number, keys: readonly string[], upTo: number): Promise<boolean> {
    const done = await this.#table.change({ remove: keys, epoch, upTo });
    if (!done) throw new Deposed('Another tab leads.');
    return done.behind !== true;
  }

  /** Removes rows of a store that only this page has. Such a store has no other leader. */
  async forget(keys: readonly string[]): Promise<void> {
    await this.#table.change({ remove: keys });
  }
}

const rowOf = ({ order, value }: SealedRow<NewRow>): OutboxRow => ({ ...value, order });
