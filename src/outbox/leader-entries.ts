import type { OutboxEntry } from './outbox.js';

/** What the leader has told a tab, and of which store: only the store that holds a row says what has become of it. */
export class LeaderEntries {
  readonly #entries = new Map<string, { entry: OutboxEntry; own: string | undefined; order?: number | undefined }>();

  get entries(): readonly OutboxEntry[] {
    return [...this.#entries.values()].map(({ entry }) => entry);
  }

  /** Of one store; of what this tab has put there, only what was there up to the order `last`. */
  of(own: string | undefined, last: number): readonly OutboxEntry[] {
    const isThere = ({ order = -1, ...one }: { own: string | undefined; order?: number | undefined }) =>
      one.own === own && order <= last;
    return [...this.#entries.values()].filter(isThere).map(({ entry }) => entry);
  }

  /** Of what this tab has put into the store of all: what was put there after the order `last`. */
  after(last: number): readonly { entry: OutboxEntry; order: number }[] {
    return [...this.#entries.values()].flatMap(({ entry, own, order = -1 }) =>
      own === undefined && order > last ? [{ entry, order }] : [],
    );
  }

  /** Not of a row that waits in another store. */
  mayReplace({ intent }: OutboxEntry, own: string | undefined): boolean {
    const known = this.#entries.get(intent.key);
    return !known || known.own === own || known.entry.state === 'settled';
  }

  /** `order`: in the store, of what its leader may not know yet. */
  set(entry: OutboxEntry, own: string | undefined, order?: number): void {
    this.#entries.set(entry.intent.key, { entry, own, order });
  }

  /** They are in the store of all from now on. */
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
