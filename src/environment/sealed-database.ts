import type { SealedStore } from './environment.js';
import { IndexedDbStore, sealing } from './indexed-db.js';

/** A database of this origin whose rows no script can read without the page's keys. Rejects where the browser refuses one. */
export async function sealedDatabase(name: string): Promise<SealedStore> {
  const store = new IndexedDbStore(name);
  await store.keys();
  // A browser that lets a database be opened may still refuse to read it.
  await store.all('probe');
  return { store, crypto: sealing(() => store.keys()) };
}
