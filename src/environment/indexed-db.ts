import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Committed, Sealing, Store, StoreChange, Stored } from './environment.js';
import { pack, unpack } from './packing.js';

interface Schema extends DBSchema {
  rows: { key: [string, string]; value: Stored & { table: string }; indexes: { table: string } };
  meta: { key: string; value: number };
  keys: { key: string; value: CryptoKey };
}

/**
 * Version 2 packs values before sealing them, so that files stay whole. Values that version 1 has sealed are still
 * read. Version 3 keeps the facts of a session for its cards (R31): a tab of an earlier version would write them as a
 * log, so it steps down.
 */
const version = 3;

/**
 * The errors of a connection that no longer works: it is closed (Chromium, Firefox), its process is gone (WebKit's
 * UnknownError), or its transaction was aborted. The change can then be repeated, because it was not made.
 */
const connectionErrors = new Set(['InvalidStateError', 'AbortError', 'UnknownError', 'TransactionInactiveError']);

interface Keys {
  seal: CryptoKey;
  name: CryptoKey;
}

/**
 * A store in IndexedDB. A finished transaction is durable (`strict`). The browser or a newer version of the app may
 * close the connection. The next call then opens it again and tries once more.
 */
export class IndexedDbStore implements Store {
  readonly durable = true;
  readonly #name: string;
  #database: Promise<IDBPDatabase<Schema>> | undefined;
  /** The keys that were last read, and the connection from which they were read. */
  #keys: { of: IDBPDatabase<Schema>; keys: Keys } | undefined;

  constructor(name: string) {
    this.#name = name;
  }

  async all(table: string): Promise<readonly Stored[]> {
    const rows = await this.#use((database) => database.getAllFromIndex('rows', 'table', table));
    return rows.map(({ id, order, value }) => ({ id, order, value })).sort((a, b) => a.order - b.order);
  }

  commit({ table, add = [], put = [], remove = [], epoch, upTo }: StoreChange): Promise<Committed | undefined> {
    return this.#use(async (database) => {
      const change = database.transaction(['rows', 'meta'], 'readwrite', { durability: 'strict' });
      const [rows, meta] = [change.objectStore('rows'), change.objectStore('meta')];
      if (epoch !== undefined && (await meta.get('epoch')) !== epoch) {
        change.abort();
        await change.done.catch(() => undefined);
        return undefined;
      }
      if (upTo !== undefined && (await rows.index('table').getAll(table)).some((row) => row.order > upTo)) {
        await change.done;
        return { added: [], behind: true };
      }
      const added: Stored[] = [];
      let order = (await meta.get('order')) ?? 0;
      for (const row of add) {
        if (await rows.getKey([table, row.id])) continue;
        added.push({ ...row, order: order++ });
      }
      if (added.length > 0) void meta.put(order, 'order');
      for (const row of [...added, ...put]) void rows.put({ table, ...row });
      for (const id of remove) void rows.delete([table, id]);
      await change.done;
      return { added };
    });
  }

  nextEpoch(): Promise<number> {
    return this.#use(async (database) => {
      const change = database.transaction('meta', 'readwrite', { durability: 'strict' });
      const epoch = ((await change.store.get('epoch')) ?? 0) + 1;
      await change.store.put(epoch, 'epoch');
      await change.done;
      return epoch;
    });
  }

  /** The time that `use` last recorded, in milliseconds since 1970. */
  used(): Promise<number | undefined> {
    return this.#use((database) => database.get('meta', 'used'));
  }

  /** Records that the database is in use. */
  async use(now: number): Promise<void> {
    await this.#use((database) => database.put('meta', now, 'used'));
  }

  close(): void {
    void this.#database?.then((database) => database.close());
    this.#database = undefined;
  }

  /**
   * The keys that seal the values. They are created once, and no script can read them. If the database was deleted
   * while this page is open, the new one gets this page's keys, so that the next page can read its values.
   */
  async keys(): Promise<Keys> {
    const newlyMade = this.#keys?.keys ?? (await newKeys());
    return this.#use(async (database) => {
      if (this.#keys?.of === database) return this.#keys.keys;
      const change = database.transaction('keys', 'readwrite', { durability: 'strict' });
      const [seal, name] = [await change.store.get('seal'), await change.store.get('name')];
      if (!seal) void change.store.put(newlyMade.seal, 'seal');
      if (!name) void change.store.put(newlyMade.name, 'name');
      await change.done;
      const keys = { seal: seal ?? newlyMade.seal, name: name ?? newlyMade.name };
      this.#keys = { of: database, keys };
      return keys;
    });
  }

  async #use<T>(work: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
    const opened = this.#open();
    try {
      return await work(await opened);
    } catch (error) {
      if (!connectionErrors.has((error as { name?: string } | undefined)?.name ?? '')) throw error;
      if (this.#database === opened) this.#database = undefined;
      void opened.then(
        (database) => database.close(),
        () => undefined,
      );
      return work(await this.#open());
    }
  }

  #open(): Promise<IDBPDatabase<Schema>> {
    if (this.#database) return this.#database;
    const forget = () => (this.#database = undefined);
    const opened = openDB<Schema>(this.#name, version, {
      upgrade(database, old) {
        if (old > 0) return;
        database.createObjectStore('rows', { keyPath: ['table', 'id'] }).createIndex('table', 'table');
        database.createObjectStore('meta');
        database.createObjectStore('keys');
      },
      // A newer version of the app in another tab wants to change the tables. This connection closes, so that the other
      // tab need not wait.
      blocking: (_current, _blocked, event) => {
        forget();
        (event.target as IDBDatabase).close();
      },
      terminated: forget,
    });
    this.#database = opened;
    opened.catch(forget);
    return opened;
  }
}

/** New keys that no script can read. */
export async function newKeys(): Promise<Keys> {
  const { subtle } = globalThis.crypto;
  return {
    seal: await subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']),
    name: await subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']),
  };
}

interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  data: Uint8Array<ArrayBuffer>;
  /** Absent in values of version 1, which are JSON. */
  format?: 2;
}

/** Seals with AES-GCM, by keys that no script can read. Ids are HMACs, so that nobody can guess the text of an id. */
export function sealing(keys: () => Promise<Keys>): Sealing {
  const { subtle } = globalThis.crypto;
  return {
    async seal(value) {
      const { seal } = await keys();
      const iv = globalThis.crypto.getRandomValues(new Uint8Array(12));
      const data = new Uint8Array(await subtle.encrypt({ name: 'AES-GCM', iv }, seal, await pack(value)));
      return { iv, data, format: 2 };
    },
    async open(sealed) {
      const { seal } = await keys();
      const { iv, data, format } = sealed as Sealed;
      const opened = new Uint8Array(await subtle.decrypt({ name: 'AES-GCM', iv }, seal, data));
      return format === 2 ? unpack(opened) : (JSON.parse(new TextDecoder().decode(opened)) as unknown);
    },
    async digest(text) {
      const { name } = await keys();
      const bytes = new Uint8Array(await subtle.sign('HMAC', name, new TextEncoder().encode(text)));
      return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    },
  };
}
