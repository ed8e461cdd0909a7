import type { Journal, KeptSession } from './journal.js';
import { isWorthKeeping, keptOf, type SessionEntry } from './session-entry.js';
import { Deposed } from '../outbox/outbox-store.js';
import type { Report } from './problem.js';

/** Stands for a text that the journal may not hold: the next `keep` saves the session, and `remove` removes it. */
const refused = '';

/**
 * Copies the session entries into the journal. After a failed write, it reports the failure, and the keeper continues.
 */
export class JournalSync {
  readonly #journal: Journal;
  readonly #report: Report;
  /** Ids of sessions that the journal failed to remove. */
  readonly #left = new Set<string>();
  /** Each session as JSON, as last saved. `keep` skips a session that has not changed since. */
  readonly #saved = new WeakMap<SessionEntry, string>();
  /** Whether the journal refused the last write because another tab leads. */
  deposed = false;

  constructor(journal: Journal, report: Report) {
    this.#journal = journal;
    this.#report = report;
  }

  /** The sessions of earlier pages. Removes those that are too old to take up again. */
  async load(isTooOld: (kept: KeptSession) => boolean): Promise<readonly KeptSession[]> {
    try {
      const kept = await this.#journal.load();
      for (const { sessionId } of kept.filter(isTooOld)) await this.#remove(sessionId);
      return kept.filter((one) => !isTooOld(one));
    } catch (cause) {
      this.#report({ code: 'not-kept', message: 'What waited for the CRM could not be read from storage.', cause });
      return [];
    }
  }

  /** Saves the session if a reload would lose part of it. Otherwise removes the session from the journal. */
  async keep(entry: SessionEntry): Promise<void> {
    if (!isWorthKeeping(entry)) return this.remove(entry);
    const kept = keptOf(entry);
    const archive = kept.archive?.map(({ event: { id }, filesOn }) => [id, filesOn]);
    const text = JSON.stringify({ ...kept, archive, waiting: kept.waiting.map(({ id }) => id) });
    if (text === this.#saved.get(entry)) return;
    this.#saved.set(entry, text);
    // After a failed write, the next `keep` saves the session.
    if (!(await this.#write(entry.sessionId, () => this.#journal.save(kept)))) this.#saved.set(entry, refused);
  }

  async remove(entry: SessionEntry): Promise<void> {
    if (!this.#saved.delete(entry)) return;
    await this.#remove(entry.sessionId);
  }

  /** Makes the next `keep` save the session even if it has not changed. The journal has, or gets, the session. */
  renew(entry: SessionEntry): void {
    this.#saved.set(entry, refused);
  }

  /** Saves the session even if it has not changed, because the journal may have lost it. */
  async keepAnew(entry: SessionEntry): Promise<void> {
    this.#saved.delete(entry);
    await this.keep(entry);
  }

  /** Tries again to remove the sessions that the journal failed to remove. */
  async removeLeft(): Promise<void> {
    const left = [...this.#left];
    this.#left.clear();
    await Promise.all(left.map((sessionId) => this.#remove(sessionId)));
  }

  async #remove(sessionId: string): Promise<void> {
    if (!(await this.#write(sessionId, () => this.#journal.remove(sessionId)))) this.#left.add(sessionId);
  }

  /** Writes to the journal. Reports a failed write, and resolves with false. */
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
