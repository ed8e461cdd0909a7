import type { SealedStore } from '../environment/environment.js';
import { Deposed } from '../outbox/outbox-store.js';
import { readable } from '../environment/readable.js';
import type { Journal, KeptSession } from './journal.js';

const table = 'sessions';

export interface JournalNews {
  /** Something that was kept cannot be read any more. */
  unreadable?: () => void;
  /** The epoch is over: nothing can be kept before this tab leads again. */
  deposed?: () => void;
}

/** The keeper's journal in the store that all tabs share, sealed. Only the tab that leads writes: its epoch is checked. */
export class StoredJournal implements Journal {
  readonly #storage: SealedStore;
  readonly #epoch: () => number | undefined;
  readonly #tell: JournalNews;

  constructor(storage: SealedStore, epoch: () => number | undefined, tell: JournalNews = {}) {
    this.#tell = tell;
    this.#storage = storage;
    this.#epoch = epoch;
  }

  async load(): Promise<readonly KeptSession[]> {
    const { store, crypto } = this.#storage;
    const rows = await store.all(table);
    return readable(rows, ({ value }) => crypto.open(value) as Promise<KeptSession>, this.#tell.unreadable);
  }

  async save(session: KeptSession): Promise<void> {
    const { crypto } = this.#storage;
    const id = await crypto.digest(session.sessionId);
    await this.#commit({ put: [{ id, order: 0, value: await crypto.seal(session) }] });
  }

  async remove(sessionId: string): Promise<void> {
    await this.#commit({ remove: [await this.#storage.crypto.digest(sessionId)] });
  }

  async #commit(change: { put?: { id: string; order: number; value: unknown }[]; remove?: string[] }): Promise<void> {
    const epoch = this.#epoch();
    const done = epoch !== undefined && (await this.#storage.store.commit({ table, epoch, ...change }));
    if (done) return;
    if (epoch !== undefined) this.#tell.deposed?.();
    throw new Deposed('Another tab leads.');
  }
}
