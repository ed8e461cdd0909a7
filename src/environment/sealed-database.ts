import type { SealedStore } from './environment.js';
import { IndexedDbStore, sealing } from './indexed-db.js';

/** A database of this origin with sealed rows. Rejects if the browser refuses one. */
export async function sealedDatabase(name: string): Promise<SealedStore> {
  const store = new IndexedDbStore(name);
  await store.keys();
  // A browser may open a database and still refuse to read it.
  await store.all('probe');
  return { store, crypto: sealing(() => store.keys()) };
}
