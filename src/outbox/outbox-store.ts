import type { Sealing, Store, Stored } from '../environment/environment.js';
import type { Intent, Ref } from '../records/intent.js';
import type { OutboxState } from './outbox.js';
import { readable } from '../environment/readable.js';

/** An entry as it is kept. Times are in milliseconds since 1970. */
export interface OutboxRow {
  /** The intent's key. */
  key: string;
  /** The order in which rows were added, over all tabs. */
  order: number;
  state: OutboxState;
  since: number;
  tries: number;
  /** Not before this time: absolute, because timers do not survive a reload. Undefined: its window is not decided yet. */
  due?: number;
  /** Absent once it is settled: what was to be written is no longer kept. */
  intent?: Intent;
  /** An earlier try may have reached the CRM. */
  maybeApplied?: boolean;
  /** Stored before it is sent, so that a second try is the same write: the key, stamp and status of its group. */
  group?: string;
  stamp?: string;
  status?: 'open';
  /** The CRM has refused what it was a part of: it goes by itself, so that only what is at fault needs a person. */
  alone?: true;
  failure?: { code: string; message: string };
  /** What it made, by id: what refers to it finds it after a reload too. */
  made?: { contactId?: string; ticketId?: string };
  /** R12: how often its ticket was another, which the last one was, and which it was accepted for. */
  moves?: number;
  from?: string;
  meant?: Ref;
}

export type NewRow = Omit<OutboxRow, 'order'>;

/** Another tab has become the leader: whatever this one wanted to write is refused. */
export class Deposed extends Error {
  override readonly name = 'Deposed';
}

const table = 'outbox';

/** The rows of the outbox in a store, sealed: neither what was to be written nor for whom can be read there. */
export class OutboxStore {
  readonly #store: Store;
  readonly #sealing: Sealing;
  readonly #tellUnreadable: () => void;
  readonly #unreadable = new Set<string>();

  constructor(store: Store, sealing: Sealing, unreadable: () => void = () => undefined) {
    this.#store = store;
    this.#sealing = sealing;
    this.#tellUnreadable = unreadable;
  }

  get durable(): boolean {
    return this.#store.durable;
  }

  get own(): string | undefined {
    return this.#store.own;
  }

  /** Makes its caller the leader: every earlier one is deposed. */
  lead(): Promise<number> {
    return this.#store.nextEpoch();
  }

  /**
   * All rows, in their order, but for those whose `order` is known: what is known already is not opened again. `last` is the
   * order of the last row that there is [-1].
   */
  async load(known: ReadonlySet<number> = new Set()): Promise<{ rows: readonly OutboxRow[]; last: number }> {
    const stored = await this.#store.all(table);
    const news = stored.filter(({ id, order }) => !known.has(order) && !this.#unreadable.has(id));
    const rows = await readable(
      news,
      (one) => this.#open(one),
      (lost) => {
        for (const { id } of lost) this.#unreadable.add(id);
        this.#tellUnreadable();
      },
    );
    return { rows, last: stored.at(-1)?.order ?? -1 };
  }

  /** The orders of all rows that there are; nothing is opened for it. */
  async orders(): Promise<ReadonlySet<number>> {
    return new Set((await this.#store.all(table)).map(({ order }) => order));
  }

  /**
   * Durable when it resolves. Rows whose key is known are left out; returns those that were added. Any tab may add; with an
   * epoch only the leader, and it rejects with `Deposed`.
   */
  async add(rows: readonly NewRow[], epoch?: number): Promise<readonly OutboxRow[]> {
    if (rows.length === 0) return [];
    const add = await Promise.all(
      rows.map(async (row) => ({ id: await this.#sealing.digest(row.key), value: await this.#sealing.seal(row) })),
    );
    const done = await this.#store.commit({ table, add, ...(epoch !== undefined && { epoch }) });
    if (!done) throw new Deposed('Another tab leads.');
    return Promise.all(done.added.map((one) => this.#open(one)));
  }

  /** In one transaction, which checks the leader's epoch. Rejects with `Deposed`. */
  async write(epoch: number, rows: readonly OutboxRow[]): Promise<void> {
    const put = await Promise.all(
      rows.map(async ({ order, ...row }) => ({
        id: await this.#sealing.digest(row.key),
        order,
        value: await this.#sealing.seal(row),
      })),
    );
    if (!(await this.#store.commit({ table, put, epoch }))) throw new Deposed('Another tab leads.');
  }

  /**
   * Rejects with `Deposed`. False: nothing was removed, as a row was added after the one with this order, and it may refer to
   * one of them.
   */
  async remove(epoch: number, keys: readonly string[], upTo: number): Promise<boolean> {
    const remove = await Promise.all(keys.map((key) => this.#sealing.digest(key)));
    const done = await this.#store.commit({ table, remove, epoch, upTo });
    if (!done) throw new Deposed('Another tab leads.');
    return done.behind !== true;
  }

  /** Of a store that only this page has: there is no other leader of it. */
  async forget(keys: readonly string[]): Promise<void> {
    await this.#store.commit({ table, remove: await Promise.all(keys.map((key) => this.#sealing.digest(key))) });
  }

  async #open({ order, value }: Stored): Promise<OutboxRow> {
    return { ...((await this.#sealing.open(value)) as NewRow), order };
  }
}
