import type { Committed, SealedStore, Stored } from './environment.js';

/** `order`: assigned by the store, or given by `put`. */
export interface SealedRow<Value> {
  id: string;
  order: number;
  value: Value;
}

export interface TableChange<Value> {
  /** Rows to add if the table has no row with their key. The store assigns the order. */
  add?: readonly { key: string; value: Value }[];
  /** Rows to put, by a `key`, whose digest becomes the id, or by an `id` without personal data. `order` [0]. */
  put?: readonly (({ key: string } | { id: string }) & { value: Value; order?: number })[];
  remove?: readonly string[];
  /** Makes the change only if this epoch is still the newest. */
  epoch?: number;
  /** Makes the change only if the table has no row after this order. */
  upTo?: number;
}

export interface OpenOptions {
  /** The rows, if they have been read already. Files make a second read expensive. */
  stored?: readonly Stored[];
  /** Whether to open the row. */
  isWanted?: (row: Stored) => boolean;
  /** Is called with the unreadable rows, which stay in the table. */
  unreadable?: (rows: readonly Stored[]) => void;
  /** Whether a row that failed to open is unreadable for good [B5: its key is gone]. */
  isUnreadable?: (error: unknown) => boolean;
}

/** One table of a store. Its values are sealed and its ids are digests of the keys, so that the disk shows neither. */
export class SealedTable<Value> {
  readonly #storage: SealedStore;
  readonly #table: string;

  constructor(storage: SealedStore, table: string) {
    this.#storage = storage;
    this.#table = table;
  }

  get durable(): boolean {
    return this.#storage.store.durable;
  }

  /** Names a store that only this page has. Undefined: all tabs share the store. */
  get own(): string | undefined {
    return this.#storage.store.own;
  }

  /** The id of a key's row. */
  digest(key: string): Promise<string> {
    return this.#storage.crypto.digest(key);
  }

  /** All rows in order, still sealed. */
  stored(): Promise<readonly Stored[]> {
    return this.#storage.store.all(this.#table);
  }

  /**
   * Opens the rows, in order. `last`: the order of the table's last row [-1]. Rejects if a row fails to open for a
   * reason that may pass.
   */
  async open({ stored: read, isWanted = () => true, unreadable, isUnreadable = isKeyless }: OpenOptions = {}): Promise<{
    rows: readonly SealedRow<Value>[];
    last: number;
  }> {
    const stored = read ?? (await this.stored());
    const wanted = stored.filter(isWanted);
    const opened = await Promise.allSettled(wanted.map((row) => this.unseal(row)));
    for (const one of opened) if (one.status === 'rejected' && !isUnreadable(one.reason)) throw one.reason;
    const lost = wanted.filter((_, at) => opened[at]!.status === 'rejected');
    if (lost.length > 0) unreadable?.(lost);
    const rows = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    return { rows, last: stored.at(-1)?.order ?? -1 };
  }

  async unseal({ id, order, value }: Stored): Promise<SealedRow<Value>> {
    return { id, order, value: (await this.#storage.crypto.open(value)) as Value };
  }

  /** Makes the change in one transaction. Undefined if the epoch is over: the table is then unchanged. */
  async change({ add = [], put = [], remove = [], ...conditions }: TableChange<Value>): Promise<Committed | undefined> {
    const { store, crypto } = this.#storage;
    return store.commit({
      table: this.#table,
      ...(add.length > 0 && {
        add: await Promise.all(
          add.map(async ({ key, value }) => ({ id: await crypto.digest(key), value: await crypto.seal(value) })),
        ),
      }),
      ...(put.length > 0 && {
        put: await Promise.all(
          put.map(async ({ value, order = 0, ...row }) => ({
            id: 'id' in row ? row.id : await crypto.digest(row.key),
            order,
            value: await crypto.seal(value),
          })),
        ),
      }),
      ...(remove.length > 0 && { remove: await Promise.all(remove.map((key) => crypto.digest(key))) }),
      ...conditions,
    });
  }

  /** Removes rows by their ids. */
  async removeIds(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.#storage.store.commit({ table: this.#table, remove: ids });
  }
}

/** B5: the browser's error for a value that was sealed with another key. */
const isKeyless = (error: unknown): boolean => (error as Partial<Error> | null)?.name === 'OperationError';
