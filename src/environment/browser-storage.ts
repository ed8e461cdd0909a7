import type { Sealing, SealedStore, Store } from './environment.js';
import { IndexedDbStore, sealing } from './indexed-db.js';
import { inMemory } from './in-memory.js';
import { isOutdated } from './outdated.js';

/**
 * Opens a sealed database in the browser. If the browser refuses (in a frame, in a private window), the store is in
 * memory and `durable` is false. Calls `opened` when the database works.
 */
export async function browserStorage(name: string, opened: () => void = () => undefined): Promise<SealedStore> {
  if (!('indexedDB' in globalThis)) return inMemory();
  const store = new IndexedDbStore(`ccai ${name}`);
  try {
    const crypto = sealing(() => store.keys());
    await store.keys();
    // Tries a read, because a browser may open a database and still refuse access to its data.
    await store.all('probe');
    opened();
    return { store, crypto };
  } catch (error) {
    return isOutdated(error) ? outdated(store, error) : inMemory();
  }
}

/**
 * A storage whose every call rejects. A newer version of the app has opened the database, so this page must not write.
 */
function outdated(store: Store, error: unknown): SealedStore {
  const refuse = () => Promise.reject(error as Error);
  const crypto: Sealing = { seal: refuse, open: refuse, digest: refuse };
  return { store, crypto };
}
