import type { Store, StoreChange, Stored, TabChannel } from '../../../src/domain/environment.js';

/** From now on nobody can change it: as if it were a copy, only faster. */
function pinned<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) pinned(part);
  return value;
}

/** The store that all tabs share, which tells what becomes of each entry of the outbox: `pending → sending`. */
export class SimStore implements Store {
  readonly durable = true;
  readonly #tables = new Map<string, Map<string, Stored>>();
  #order = 0;
  #epoch = 0;
  readonly #states = new Map<string, string>();
  /** Keys of all that was ever accepted, and ids of the platform's events that the keeper ever kept. */
  readonly kept = new Set<string>();
  /** Keys of what ever needed a person. */
  readonly dead = new Set<string>();
  readonly #sent = new Set<string>();
  readonly #count: (what: string) => void;

  constructor(count: (what: string) => void) {
    this.#count = count;
  }

  /** An entry of the outbox was given up, and had never been sent. */
  isGone(key: string): boolean {
    return this.#states.get(key) === 'gone' && !this.#sent.has(key);
  }

  async all(table: string): Promise<readonly Stored[]> {
    return [...this.#table(table).values()].sort((a, b) => a.order - b.order);
  }

  async commit(change: StoreChange): Promise<{ added: readonly Stored[] } | undefined> {
    const { table, add = [], put = [], remove = [], epoch } = change;
    if (epoch !== undefined && epoch !== this.#epoch) {
      this.#count('event deposed');
      return undefined;
    }
    const rows = this.#table(table);
    const added = add.filter(({ id }) => !rows.has(id)).map((row) => pinned({ ...row, order: this.#order++ }));
    for (const row of [...added, ...put]) rows.set(row.id, pinned(row));
    for (const id of remove) rows.delete(id);
    if (table === 'outbox') this.#watch(added, put, remove);
    else
      for (const { value } of put)
        for (const { id } of (value as { waiting: { id: string }[] }).waiting) this.kept.add(id);
    return { added };
  }

  async nextEpoch(): Promise<number> {
    return ++this.#epoch;
  }

  close(): void {}

  #table(name: string): Map<string, Stored> {
    const table = this.#tables.get(name) ?? new Map<string, Stored>();
    this.#tables.set(name, table);
    return table;
  }

  #watch(added: readonly Stored[], put: readonly Stored[], removed: readonly string[]): void {
    for (const { id } of added) this.kept.add(id);
    for (const { id, value } of [...added, ...put]) this.#moved(id, (value as { state: string }).state);
    for (const id of removed) this.#moved(id, 'gone');
  }

  #moved(id: string, to: string): void {
    const from = this.#states.get(id) ?? 'new';
    if (from !== to) this.#count(`${from} → ${to}`);
    this.#states.set(id, to);
    if (to === 'dead') this.dead.add(id);
    if (to === 'sending') this.#sent.add(id);
  }
}

/** A line between the tabs: each call gives another end of it. */
export function simChannels(): () => TabChannel {
  const ends = new Map<object, Set<(message: unknown) => void>>();
  return () => {
    const own = {};
    const listeners = new Set<(message: unknown) => void>();
    ends.set(own, listeners);
    return {
      post(message) {
        const said = pinned(message);
        for (const [end, heard] of ends)
          if (end !== own) for (const listener of heard) void Promise.resolve().then(() => listener(said));
      },
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      close: () => void ends.delete(own),
    };
  };
}
