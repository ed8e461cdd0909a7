import type { Journal, KeptSession } from './journal.js';
import { isWorthKeeping, keptOf, type SessionEntry } from './session-entry.js';
import { Deposed } from '../outbox/outbox-store.js';
import type { Report } from './problem.js';

/** In place of a session's text: the next `keep` saves it, and `remove` removes it. */
const refused = '';

/**
 * Keeps the journal in step with the session entries. A failed write is reported, and the keeper goes on without it.
 */
export class JournalSync {
  readonly #journal: Journal;
  readonly #report: Report;
  /** Sessions that are over, and could not be removed from the journal. */
  readonly #left = new Set<string>();
  /** The text that the journal holds of each session. An unchanged session is not saved again. */
  readonly #saved = new WeakMap<SessionEntry, string>();
  /** The last write was refused because another tab leads. */
  deposed = false;

  constructor(journal: Journal, report: Report) {
    this.#journal = journal;
    this.#report = report;
  }

  async load(): Promise<readonly KeptSession[]> {
    try {
      return await this.#journal.load();
    } catch (cause) {
      this.#report({ code: 'not-kept', message: 'What waited for the CRM could not be read from storage.', cause });
      return [];
    }
  }

  /** Saves what a reload would lose. */
  async keep(entry: SessionEntry): Promise<void> {
    if (!isWorthKeeping(entry)) return this.remove(entry);
    const kept = keptOf(entry);
    const text = JSON.stringify({ ...kept, waiting: kept.waiting.map(({ id }) => id) });
    if (text === this.#saved.get(entry)) return;
    this.#saved.set(entry, text);
    // After a failed write the session is saved again next time.
    if (!(await this.#write(entry.sessionId, () => this.#journal.save(kept)))) this.#saved.set(entry, refused);
  }

  async remove(entry: SessionEntry): Promise<void> {
    if (!this.#saved.delete(entry)) return;
    await this.#remove(entry.sessionId);
  }

  /** The journal has this session: it was restored from there. */
  restored(entry: SessionEntry): void {
    this.#saved.set(entry, refused);
  }

  /** The journal may have lost the session: it is saved anew. */
  async keepAnew(entry: SessionEntry): Promise<void> {
    this.#saved.delete(entry);
    await this.keep(entry);
  }

  /** Removes the sessions that could not be removed before. */
  async removeLeft(): Promise<void> {
    const left = [...this.#left];
    this.#left.clear();
    await Promise.all(left.map((sessionId) => this.#remove(sessionId)));
  }

  async #remove(sessionId: string): Promise<void> {
    if (!(await this.#write(sessionId, () => this.#journal.remove(sessionId)))) this.#left.add(sessionId);
  }

  /** False: the write failed, and was reported. */
  async #write(sessionId: string, write: () => Promise<void>): Promise<boolean> {
    try {
      await write();
      this.deposed = false;
      return true;
    } catch (cause) {
      this.deposed = cause instanceof Deposed;
      const message = 'What waits for the CRM would not survive a reload: it could not be stored.';
      this.#report({ code: 'not-kept', message, sessionId, cause });
      return false;
    }
  }
}
