import type { Sealing, SealedStore, Store } from './environment.js';
import { IndexedDbStore, sealing } from './indexed-db.js';
import { inMemory } from './in-memory.js';
import { isOutdated } from './outdated.js';

/**
 * A database in the browser. A browser that refuses one (in a frame, in a private window) gives memory: `durable` is false.
 * `opened` is called when the database can be used.
 */
export async function browserStorage(name: string, opened: () => void = () => undefined): Promise<SealedStore> {
  if (!('indexedDB' in globalThis)) return inMemory();
  const store = new IndexedDbStore(`ccai ${name}`);
  try {
    const crypto = sealing(() => store.keys());
    await store.keys();
    // Read once: a browser that lets a database be opened may still refuse to keep anything in it.
    await store.all('probe');
    opened();
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
