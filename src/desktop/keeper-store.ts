import type { KeeperJournal, KeptSession } from './keeper-journal.js';
import { isWorthKeeping, keptOf, type Lane } from './keeper-lane.js';
import type { Report } from './keeper-problem.js';

/** Keeps the journal in step with what is held. A journal that refuses is reported, and nothing waits for it. */
export class KeeperStore {
  readonly #journal: KeeperJournal;
  readonly #report: Report;

  constructor(journal: KeeperJournal, report: Report) {
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
  async keep(lane: Lane): Promise<void> {
    if (!isWorthKeeping(lane)) return this.remove(lane);
    const kept = keptOf(lane);
    const text = JSON.stringify({ ...kept, waiting: kept.waiting.map(({ id }) => id) });
    if (text === lane.saved) return;
    lane.saved = text;
    await this.#write(lane, () => this.#journal.save(kept));
  }

  async remove(lane: Lane): Promise<void> {
    if (lane.saved === '') return;
    lane.saved = '';
    await this.#write(lane, () => this.#journal.remove(lane.sessionId));
  }

  async #write({ sessionId }: Lane, write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (cause) {
      const message = 'What waits for the CRM would not survive a reload: it could not be stored.';
      this.#report({ code: 'not-kept', message, sessionId, cause });
    }
  }
}
