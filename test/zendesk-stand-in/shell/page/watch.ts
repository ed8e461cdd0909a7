import type { AuditLogEntry } from '../../control.js';
import { control } from './account.js';

const every = 1500;

/** Polls the account's changes over the control, because the API's limits and faults are for the app. */
export class Watch {
  /** All entries so far. */
  entries: readonly AuditLogEntry[] = [];
  readonly #changed: (news: readonly AuditLogEntry[], wasReset: boolean) => void;
  #last = Infinity;

  constructor(changed: (news: readonly AuditLogEntry[], wasReset: boolean) => void) {
    this.#changed = changed;
  }

  async start() {
    await this.look();
    const again = async () => {
      await this.look();
      setTimeout(again, every);
    };
    setTimeout(again, every);
  }

  async look() {
    const entries = await control.auditLog().catch(() => undefined);
    if (!entries) return;
    const newest = entries.at(-1)?.number ?? 0;
    const wasReset = this.#last !== Infinity && newest < this.#last;
    const before = wasReset ? 0 : this.#last;
    this.#last = newest;
    this.entries = entries;
    const news = entries.filter((entry) => entry.number > before);
    if (news.length > 0 || wasReset) this.#changed(news, wasReset);
  }
}
