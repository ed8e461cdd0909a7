import type { Sealing, SealedStore, Store } from './environment.js';
import { IndexedDbStore, sealing } from './indexed-db.js';
import { inMemory } from './in-memory.js';
import { isOutdated } from './outdated.js';

/**
 * A sealed database in the browser. If the browser refuses one (in a frame, in a private window), the store is in
 * memory and `durable` is false. `opened` is called when the database can be used.
 */
export async function browserStorage(name: string, opened: () => void = () => undefined): Promise<SealedStore> {
  if (!('indexedDB' in globalThis)) return inMemory();
  const store = new IndexedDbStore(`ccai ${name}`);
  try {
    const crypto = sealing(() => store.keys());
    await store.keys();
    // Reads once: a browser may open a database and still refuse to store data in it.
    await store.all('probe');
    opened();
    return { store, crypto };
  } catch (error) {
    return isOutdated(error) ? outdated(store, error) : inMemory();
  }
}

/**
 * A newer version of the app has opened the database. This page must store nothing beside it, so every call rejects.
 */
function outdated(store: Store, error: unknown): SealedStore {
  const refuse = () => Promise.reject(error as Error);
  const crypto: Sealing = { seal: refuse, open: refuse, digest: refuse };
  return { store, crypto };
}
