import type { OutboxEntry } from './outbox.js';

/**
 * The outbox entries that this follower knows, each with its store. Only reports from a row's own store change the
 * row's state.
 */
export class LeaderEntries {
  readonly #entries = new Map<string, { entry: OutboxEntry; own: string | undefined; order?: number | undefined }>();

  get entries(): readonly OutboxEntry[] {
    return [...this.#entries.values()].map(({ entry }) => entry);
  }

  /** The entries of one store, without rows that this tab added after the order `last`. */
  of(own: string | undefined, last: number): readonly OutboxEntry[] {
    const isThere = ({ order = -1, ...one }: { own: string | undefined; order?: number | undefined }) =>
      one.own === own && order <= last;
    return [...this.#entries.values()].filter(isThere).map(({ entry }) => entry);
  }

  /** The entries that this tab added to the shared store after the order `last`. */
  after(last: number): readonly { entry: OutboxEntry; order: number }[] {
    return [...this.#entries.values()].flatMap(({ entry, own, order = -1 }) =>
      own === undefined && order > last ? [{ entry, order }] : [],
    );
  }

  /**
   * Whether a report from the store `own` may replace the known entry. A report from another store replaces only a
   * settled entry.
   */
  mayReplace({ intent }: OutboxEntry, own: string | undefined): boolean {
    const known = this.#entries.get(intent.key);
    return !known || known.own === own || known.entry.state === 'settled';
  }

  /** `order`: the row's order in the store, if the leader may not know the row yet. */
  set(entry: OutboxEntry, own: string | undefined, order?: number): void {
    this.#entries.set(entry.intent.key, { entry, own, order });
  }

  /** Marks the entries as rows of the shared store. */
  handOver(keys: readonly string[]): void {
    for (const key of keys) {
      const known = this.#entries.get(key);
      if (known) this.#entries.set(key, { entry: known.entry, own: undefined });
    }
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
  }
}
