import type { SealedStore } from '../environment/environment.js';
import { SealedTable, type TableChange } from '../environment/sealed-table.js';
import { Deposed } from '../outbox/outbox-store.js';
import type { Journal, KeptSession } from './journal.js';

export interface JournalListener {
  /** Is called when the journal cannot read a stored session. */
  unreadable?: () => void;
  /** Is called when this tab's epoch is over. The journal then refuses every change until this tab leads again. */
  deposed?: () => void;
}

/** Keeps the journal sealed in the store that all tabs share. The store accepts changes from the leader only. */
export class StoredJournal implements Journal {
  readonly #table: SealedTable<KeptSession>;
  readonly #epoch: () => number | undefined;
  readonly #listener: JournalListener;

  constructor(storage: SealedStore, epoch: () => number | undefined, listener: JournalListener = {}) {
    this.#table = new SealedTable(storage, 'sessions');
    this.#epoch = epoch;
    this.#listener = listener;
  }

  async load(): Promise<readonly KeptSession[]> {
    const { unreadable } = this.#listener;
    const { rows } = await this.#table.open({ unreadable: () => unreadable?.() });
    return rows.map(({ value }) => value);
  }

  async save(session: KeptSession): Promise<void> {
    await this.#change({ put: [{ key: session.sessionId, value: session }] });
  }

  async remove(sessionId: string): Promise<void> {
    await this.#change({ remove: [sessionId] });
  }

  async #change(change: Pick<TableChange<KeptSession>, 'put' | 'remove'>): Promise<void> {
    const epoch = this.#epoch();
    const done = epoch !== undefined && (await this.#table.change({ ...change, epoch }));
    if (done) return;
    if (epoch !== undefined) this.#listener.deposed?.();
    throw new Deposed('Another tab leads.');
  }
}
