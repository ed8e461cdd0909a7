import type { OutboxEntry } from './outbox.js';

/** What the leader has told a tab, and of which store: only the store that holds a row says what has become of it. */
export class Told {
  readonly #entries = new Map<string, { entry: OutboxEntry; own: string | undefined }>();

  get entries(): readonly OutboxEntry[] {
    return [...this.#entries.values()].map(({ entry }) => entry);
  }

  of(own: string | undefined): readonly OutboxEntry[] {
    return [...this.#entries.values()].filter((one) => one.own === own).map(({ entry }) => entry);
  }

  /** Not of a row that waits in another store. */
  mayTell({ intent }: OutboxEntry, own: string | undefined): boolean {
    const known = this.#entries.get(intent.key);
    return !known || known.own === own || known.entry.state === 'settled';
  }

  set(entry: OutboxEntry, own: string | undefined): void {
    this.#entries.set(entry.intent.key, { entry, own });
  }

  /** They are in the store of all from now on. */
  handOver(keys: readonly string[]): void {
    for (const key of keys) {
      const known = this.#entries.get(key);
      if (known) this.#entries.set(key, { ...known, own: undefined });
    }
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  /** Of one store, or all. */
  clear(...stores: (string | undefined)[]): void {
    for (const [key, { own }] of this.#entries)
      if (stores.length === 0 || stores.includes(own)) this.#entries.delete(key);
  }
}
