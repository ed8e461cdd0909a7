import type { KeeperJournal, KeptSession } from '../../../src/desktop/keeper-journal.js';
import type { Intent } from '../../../src/records/intent.js';
import type { Outbox, OutboxEntry } from '../../../src/outbox/outbox.js';

/**
 * Stands between a keeper and what it writes to. A keeper whose turn is over writes nothing any more, whatever it was
 * about to; and only of a session that is in the journal may the platform be told what it has become.
 */
export class KeeperGuard implements KeeperJournal, Outbox {
  readonly #outbox: Outbox;
  readonly #journal: KeeperJournal;
  readonly #isOver: () => boolean;
  readonly #saved: (sessionId: string) => void;
  readonly #kept = new Set<string>();
  /** In the journal, and still to be recorded. */
  readonly #unfinished = new Set<string>();

  constructor(outbox: Outbox, journal: KeeperJournal, isOver: () => boolean, saved: (sessionId: string) => void) {
    this.#outbox = outbox;
    this.#journal = journal;
    this.#isOver = isOver;
    this.#saved = saved;
  }

  /** What waits in the journal is not taken for done because the platform knows its ticket. */
  isUnfinished(sessionId: string): boolean {
    return this.#unfinished.has(sessionId);
  }

  has(sessionId: string): boolean {
    return this.#kept.has(sessionId);
  }

  async load(): Promise<readonly KeptSession[]> {
    const kept = await this.#journal.load();
    for (const session of kept) this.#note(session);
    return kept;
  }

  async save(session: KeptSession): Promise<void> {
    await this.#journal.save(session);
    this.#note(session);
    this.#saved(session.sessionId);
  }

  remove(sessionId: string): Promise<void> {
    return this.#journal.remove(sessionId);
  }

  #note({ sessionId, known }: KeptSession): void {
    this.#kept.add(sessionId);
    if (known.recorded) this.#unfinished.delete(sessionId);
    else this.#unfinished.add(sessionId);
  }

  enqueue(intents: readonly Intent[]): Promise<void> {
    return this.#isOver() ? Promise.reject(new Error('Another tab leads.')) : this.#outbox.enqueue(intents);
  }

  get entries(): readonly OutboxEntry[] {
    return this.#outbox.entries;
  }

  subscribe(listener: (entry: OutboxEntry) => void): () => void {
    return this.#outbox.subscribe(listener);
  }

  retry(key?: string): void {
    this.#outbox.retry(key);
  }

  discard(key: string): Promise<void> {
    return this.#outbox.discard(key);
  }

  flush(): Promise<void> {
    return this.#outbox.flush();
  }

  stop(): void {
    this.#outbox.stop();
  }
}
