import type { Journal, KeptSession } from './journal.js';
import { isWorthKeeping, keptOf, type SessionEntry } from './session-entry.js';
import { Deposed } from '../outbox/outbox-store.js';
import type { Report } from './problem.js';

/** Not the text of any session: it is saved again, and removed when it is over. */
const refused = '';

/** Keeps the journal in step with what is held. A journal that refuses is reported, and nothing waits for it. */
export class JournalSync {
  readonly #journal: Journal;
  readonly #report: Report;
  /** Sessions that are done with, which the journal would not let go of. */
  readonly #left = new Set<string>();
  /** What the journal holds of each session, as text: the same is not saved twice. */
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

  /** The journal has what a reload would miss. */
  async keep(entry: SessionEntry): Promise<void> {
    if (!isWorthKeeping(entry)) return this.remove(entry);
    const kept = keptOf(entry);
    const text = JSON.stringify({ ...kept, waiting: kept.waiting.map(({ id }) => id) });
    if (text === this.#saved.get(entry)) return;
    this.#saved.set(entry, text);
    // What was refused is wanted again.
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

  /** What could not be removed is removed now. */
  async removeLeft(): Promise<void> {
    const left = [...this.#left];
    this.#left.clear();
    await Promise.all(left.map((sessionId) => this.#remove(sessionId)));
  }

  async #remove(sessionId: string): Promise<void> {
    if (!(await this.#write(sessionId, () => this.#journal.remove(sessionId)))) this.#left.add(sessionId);
  }

  /** False: refused, and reported. */
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
