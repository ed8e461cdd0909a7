import type { Committed, Locks, SealedStore, Sealing, Store, StoreChange, Stored, TabChannel } from './environment.js';

/**
 * A store in memory. On a server or in a test, all users of the instance share it. In a page, it is lost with the page.
 */
export class MemoryStore implements Store {
  readonly durable: boolean = false;
  #tables = new Map<string, Map<string, Stored>>();
  #order = 0;
  #epoch = 0;
  readonly #copy: Copy;

  constructor(copy: Copy = frozenCopy) {
    this.#copy = copy;
  }

  all(table: string): Promise<readonly Stored[]> {
    return Promise.resolve([...this.#table(table).values()].sort((a, b) => a.order - b.order));
  }

  commit(change: StoreChange): Promise<Committed | undefined> {
    return Promise.resolve(this.apply(change));
  }

  protected apply({ table, add = [], put = [], remove = [], epoch, upTo }: StoreChange): Committed | undefined {
    if (epoch !== undefined && epoch !== this.#epoch) return undefined;
    const rows = this.#table(table);
    if (upTo !== undefined && [...rows.values()].some(({ order }) => order > upTo)) return { added: [], behind: true };
    const added: Stored[] = [];
    for (const row of add) {
      if (rows.has(row.id)) continue;
      const stored = this.#copy({ ...row, order: this.#order++ });
      rows.set(row.id, stored);
      added.push(stored);
    }
    for (const row of put) rows.set(row.id, this.#copy(row));
    for (const id of remove) rows.delete(id);
    return { added };
  }

  nextEpoch(): Promise<number> {
    return Promise.resolve(++this.#epoch);
  }

  close(): void {}

  #table(name: string): Map<string, Stored> {
    const table = this.#tables.get(name) ?? new Map<string, Stored>();
    this.#tables.set(name, table);
    return table;
  }
}

/** Makes an immutable copy of a value. */
type Copy = <T>(value: T) => T;

const frozen = new WeakSet<object>();

/** Returns a frozen deep copy. Plain data is copied here, which is many times faster than `structuredClone`. */
function frozenCopy<T>(value: T): T {
  // `structuredClone` refuses values that a browser's store refuses.
  if (typeof value === 'function') return structuredClone(value);
  if (typeof value !== 'object' || value === null || frozen.has(value)) return value;
  const isList = Array.isArray(value);
  if (!isList && (Object.getPrototypeOf(value) !== Object.prototype || Object.hasOwn(value, '__proto__')))
    return structuredClone(value);
  const copy = (isList ? [] : {}) as T;
  for (const key of Object.keys(value) as (keyof T)[]) copy[key] = frozenCopy(value[key]);
  frozen.add(copy as object);
  return Object.freeze(copy);
}

/** Does not encrypt: values in memory need no encryption. */
export const openSealing: Sealing = {
  seal: (value) => Promise.resolve(value),
  open: (sealed) => Promise.resolve(sealed),
  digest: (text) => Promise.resolve(text),
};

/** Locks within one process. */
export class MemoryLocks implements Locks {
  readonly #held = new Map<string, { lose: () => void }>();
  readonly #waiting = new Map<string, Set<() => void>>();

  async request(
    name: string,
    { signal, steal }: { signal?: AbortSignal; steal?: boolean },
    held: () => Promise<void>,
  ): Promise<'released' | 'stolen' | 'aborted'> {
    if (steal) this.#held.get(name)?.lose();
    while (this.#held.has(name) && !signal?.aborted) await this.#waitForTurn(name, signal);
    if (signal?.aborted) return 'aborted';
    let lose = (): void => {};
    const stolen = new Promise<'stolen'>((resolve) => (lose = () => resolve('stolen')));
    const own = { lose: () => (this.#held.delete(name), lose()) };
    this.#held.set(name, own);
    const end = await Promise.race([held().then(() => 'released' as const), stolen]);
    if (this.#held.get(name) === own) this.#held.delete(name);
    this.#wake(name);
    return end;
  }

  async #waitForTurn(name: string, signal: AbortSignal | undefined): Promise<void> {
    const waiting = this.#waiting.get(name) ?? new Set();
    this.#waiting.set(name, waiting);
    await new Promise<void>((resolve) => {
      waiting.add(resolve);
      // An aborted request leaves the queue, so that it does not take the turn of another request.
      signal?.addEventListener('abort', () => waiting.delete(resolve) && resolve(), { once: true });
    });
    if (signal?.aborted) this.#wake(name);
  }

  #wake(name: string): void {
    const waiting = this.#waiting.get(name);
    for (const next of waiting ?? []) {
      waiting!.delete(next);
      return next();
    }
  }
}

/** A channel within one process. Each call of the result opens another end of the channel. */
export function memoryChannels(copyOf: Copy = frozenCopy): () => TabChannel {
  const ends = new Map<object, Set<(message: unknown) => void>>();
  return () => {
    const own = {};
    const listeners = new Set<(message: unknown) => void>();
    ends.set(own, listeners);
    return {
      post(message) {
        const copy = copyOf(message);
        for (const [end, listening] of ends)
          if (end !== own) for (const listener of [...listening]) queueMicrotask(() => listener(copy));
      },
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      close: () => void ends.delete(own),
    };
  };
}

class PageStore extends MemoryStore {
  readonly own = globalThis.crypto.randomUUID();
}

/** A store that only this page or process has, and that ends with it. */
export const inMemory = (): SealedStore => ({ store: new PageStore(), crypto: openSealing });
