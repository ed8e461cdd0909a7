import type { OutboxEntry } from '../outbox/outbox.js';
import type { Report } from '../keeper/problem.js';
import { filesOf, type KeptRecordings } from './kept-recordings.js';

export interface FileKeepingOptions {
  recordings: Pick<KeptRecordings, 'keep'>;
  report: Report;
  /** Of a session on screen, E.164. */
  shownNumber: (sessionId: string) => string | undefined;
  /** Of any other. Rejects where the platform does not say. */
  askNumber: (sessionId: string) => Promise<string | undefined>;
}

/**
 * R5, R11, R14: a file that the CRM does not take stays with the agent, as its ticket says. S4, S14: what nothing is
 * written of is not kept either. Kept when it is first sent: a page may go before it hears the answer.
 */
export class FileKeeping {
  readonly #options: FileKeepingOptions;
  /** By the key of their write. */
  readonly #kept = new Set<string>();

  constructor(options: FileKeepingOptions) {
    this.#options = options;
  }

  hear(entry: OutboxEntry): void {
    const { recordings, report, shownNumber, askNumber } = this.#options;
    const { key, sessionId } = entry.intent;
    if (entry.state !== 'sending' || this.#kept.has(key)) return;
    const files = filesOf(entry);
    if (files.length === 0) return;
    this.#kept.add(key);
    const keepAll = async (number: string | undefined): Promise<void> => {
      for (const file of files) await recordings.keep({ ...file, ...(number ? { number } : {}) });
    };
    const shown = shownNumber(sessionId);
    // A voicemail has no session here: the platform knows whose it is, and may take its time.
    const addNumber = async (): Promise<void> => {
      const number = shown ?? (await askNumber(sessionId));
      if (number !== shown) await keepAll(number);
    };
    keepAll(shown).then(
      // Without it the file is kept all the same.
      () => addNumber().catch(() => undefined),
      (cause: unknown) => {
        // When the write is sent again there may be room for it.
        this.#kept.delete(key);
        report({ code: 'file-not-kept', message: 'This browser did not keep a file of a call.', sessionId, cause });
      },
    );
  }
}
