import type { SealedStore } from '../domain/environment.js';
import { IndexedDbStore, sealing } from '../outbox/indexed-db.js';
import { inMemory } from '../outbox/memory-shared.js';

/** A database in the browser; where it refuses one (storage in a frame, a private window), memory: `durable` says so. */
export async function browserStorage(name: string): Promise<SealedStore> {
  if (!('indexedDB' in globalThis)) return inMemory();
  try {
    const store = new IndexedDbStore(`ccai ${name}`);
    const crypto = sealing(await store.keys());
    // Read once: a browser that lets a database be opened may still refuse to keep anything in it.
    await store.all('probe');
    return { store, crypto };
  } catch {
    return inMemory();
  }
}
