import type { SealedStore, Sealing, Store, Timers } from './environment.js';

const againAfter = 30_000;

/**
 * A storage for a page whose browser has refused the shared store. Tries to open the shared store every 30 seconds.
 * Until it opens, the page loses all stored data at its end. Once it opens, uses the shared store and calls `reopened`,
 * which must move the waiting data there.
 */
export class ReopenedStorage implements SealedStore {
  readonly store: Store;
  readonly crypto: Sealing;
  readonly #timers: Timers;
  #now: SealedStore;
  #again: unknown;

  constructor(
    first: SealedStore,
    open: (() => Promise<SealedStore>) | undefined,
    timers: Timers,
    reopened: () => void,
  ) {
    this.#now = first;
    this.#timers = timers;
    const now = () => this.#now;
    this.store = {
      get durable() {
        return now().store.durable;
      },
      get own() {
        return now().store.own;
      },
      all: (table) => now().store.all(table),
      commit: (change) => now().store.commit(change),
      nextEpoch: () => now().store.nextEpoch(),
      close: () => now().store.close(),
    };
    this.crypto = {
      seal: (value) => now().crypto.seal(value),
      open: (sealed) => now().crypto.open(sealed),
      digest: (text) => now().crypto.digest(text),
    };
    if (open && first.store.own !== undefined) this.#retry(open, reopened);
  }

  stop(): void {
    this.#timers.clearTimeout(this.#again);
  }

  #retry(open: () => Promise<SealedStore>, reopened: () => void): void {
    this.#again = this.#timers.setTimeout(() => {
      open().then(
        (storage) => {
          if (storage.store.own !== undefined) return this.#retry(open, reopened);
          this.#now = storage;
          reopened();
        },
        () => this.#retry(open, reopened),
      );
    }, againAfter);
  }
}
