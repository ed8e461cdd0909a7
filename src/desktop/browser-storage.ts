import type { Sealing, SealedStore, Store } from '../domain/environment.js';
import { IndexedDbStore, sealing } from '../environment/indexed-db.js';
import { inMemory } from '../outbox/memory-shared.js';
import { isOutdated } from './outdated.js';

/** A database in the browser; where it refuses one (storage in a frame, a private window), memory: `durable` says so. */
export async function browserStorage(name: string, account?: string): Promise<SealedStore> {
  if (!('indexedDB' in globalThis)) return inMemory();
  const store = new IndexedDbStore(`ccai ${name}`);
  try {
    const crypto = sealing(() => store.keys());
    await store.keys();
    // Read once: a browser that lets a database be opened may still refuse to keep anything in it.
    await store.all('probe');
    if (account !== undefined)
      // The next start tries again.
      void import('./absent-agents.js')
        .then(({ maskAbsent }) => maskAbsent(account, name, Date.now()))
        .catch(() => undefined);
    return { store, crypto };
  } catch (error) {
    return isOutdated(error) ? outdated(store, error) : inMemory();
  }
}

/** A newer version of the app has opened the database: nothing is to be kept beside it, and what is kept is its. */
function outdated(store: Store, error: unknown): SealedStore {
  const refuse = () => Promise.reject(error as Error);
  const crypto: Sealing = { seal: refuse, open: refuse, digest: refuse };
  return { store, crypto };
}
