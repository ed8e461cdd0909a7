import type { Recording } from '../domain/session.js';
import type { Clock, SealedStore } from '../environment/environment.js';
import { SealedTable } from '../environment/sealed-table.js';
import type { Report } from '../keeper/problem.js';
import type { OutboxEntry } from '../outbox/outbox.js';

/** R11, R5, R14: a recording or a shared file that the CRM takes neither as a file nor as a link. */
export interface KeptRecording extends Pick<Recording, 'startedAt' | 'part' | 'parts'> {
  id: string;
  sessionId: string;
  /** Absent for the recording of a call. */
  kind?: 'voicemail' | 'shared';
  /** Only for a shared file. */
  name?: string;
  /** Only for audio. */
  durationSeconds?: number;
  /** E.164, if it is known. */
  number?: string;
  file: Blob;
}

const day = 86_400_000;
/** The longest time for which a browser keeps a customer's data. */
export const recordingsKeptFor = 7 * day;

/** Stores these files in this browser, sealed, over reloads and for every tab, until they are removed or a week old. */
export class KeptRecordings {
  readonly #table: SealedTable<KeptRecording>;
  readonly #clock: Clock;
  /** Ids of the files that this page has stored. */
  readonly #own = new Set<string>();

  constructor(storage: SealedStore, clock: Clock) {
    this.#table = new SealedTable(storage, 'recordings');
    this.#clock = clock;
  }

  /** Whether the files outlive this page. */
  get durable(): boolean {
    return this.#table.durable;
  }

  /** The number of files that this page has stored. If they are not durable, there are no others. */
  get count(): number {
    return this.#own.size;
  }

  /** Stores a file, the same file only once. Rejects if the browser does not store it. */
  async keep(recording: Omit<KeptRecording, 'id'>): Promise<void> {
    const { sessionId, startedAt, part, name } = recording;
    const key = [sessionId, startedAt, part, ...(name === undefined ? [] : [name])].join(' ');
    const id = await this.#table.digest(key);
    await this.#table.change({ put: [{ key, order: this.#clock.now(), value: { ...recording, id } }] });
    this.#own.add(id);
  }

  /** The stored files, the newest first. Removes files that are older than a week. */
  async list(): Promise<readonly KeptRecording[]> {
    const since = this.#clock.now() - recordingsKeptFor;
    const isOld = ({ order }: { order: number }) => order < since;
    const stored = await this.#table.stored();
    const old = stored.filter(isOld).map(({ id }) => id);
    if (old.length > 0) await this.#forget(old);
    // A file that can no longer be decrypted stays in the store until its week is over.
    const { rows } = await this.#table.open({ stored, isWanted: (row) => !isOld(row) });
    // A platform may send anything as a file. Only a Blob can be saved.
    const files = rows.map(({ value }) => value).filter(({ file }) => file instanceof Blob);
    return files.reverse();
  }

  async remove(id: string): Promise<void> {
    await this.#forget([id]);
  }

  async #forget(ids: readonly string[]): Promise<void> {
    await this.#table.removeIds(ids);
    for (const id of ids) this.#own.delete(id);
  }
}

/** R5, R11, R14: the files of a write that the CRM does not take. The ticket says that this browser keeps them. */
export function filesOf({ intent }: OutboxEntry): readonly Omit<KeptRecording, 'id' | 'number'>[] {
  if (intent.kind !== 'write-ticket' && intent.kind !== 'create-ticket') return [];
  const { sessionId, at } = intent;
  // A new ticket of a voicemail has its message.
  const { origin, comment } = intent.kind === 'create-ticket' ? intent.draft : intent;
  const { recording, attachments = [] } = comment ?? {};
  const files: Omit<KeptRecording, 'id' | 'number'>[] = [];
  if (recording?.file && recording.url === undefined) {
    const { file, startedAt, durationSeconds, part, parts } = recording;
    const kind = origin.voicemail ? { kind: 'voicemail' as const } : {};
    files.push({ sessionId, ...kind, startedAt, durationSeconds, part, parts, file });
  }
  // The part number distinguishes two files with the same name.
  for (const [before, { file, url, name }] of attachments.entries())
    if (file && url === undefined)
      files.push({ sessionId, kind: 'shared', name, startedAt: at, part: before + 1, parts: 1, file });
  return files;
}

export interface FileKeepingOptions {
  recordings: Pick<KeptRecordings, 'keep'>;
  report: Report;
  /** The number of a session on screen, E.164. */
  shownNumber: (sessionId: string) => string | undefined;
  /** The number of any other session. Rejects if the platform does not answer. */
  askNumber: (sessionId: string) => Promise<string | undefined>;
}

/**
 * R5, R11, R14: stores each file that the CRM does not take, as its ticket says. S4, S14: a session without writes has
 * no files. A file is stored when its write is first sent, because the page may close before the answer comes.
 */
export class FileKeeping {
  readonly #options: FileKeepingOptions;
  /** Keys of the writes whose files are stored. */
  readonly #kept = new Set<string>();

  constructor(options: FileKeepingOptions) {
    this.#options = options;
  }

  entryChanged(entry: OutboxEntry): void {
    const { recordings, report, shownNumber, askNumber } = this.#options;
    const { key, sessionId } = entry.intent;
    if (entry.state !== 'sending' || this.#kept.has(key)) return;
    const files = filesOf(entry);
    if (files.length === 0) return;
    this.#kept.add(key);
    const keepAll = async (number: string | undefined): Promise<void> => {
      for (const file of files) await recordings.keep({ ...file, number });
    };
    const shown = shownNumber(sessionId);
    // A voicemail has no session in this tab, so the platform is asked for the number. Its answer may take long.
    const addNumber = async (): Promise<void> => {
      const number = shown ?? (await askNumber(sessionId));
      if (number !== shown) await keepAll(number);
    };
    keepAll(shown).then(
      // The file is stored without the number if the platform does not know it.
      () => addNumber().catch(() => undefined),
      (cause: unknown) => {
        // The browser may have room for the file when the write is sent again.
        this.#kept.delete(key);
        report({ code: 'file-not-kept', message: 'This browser did not store a file of a call.', sessionId, cause });
      },
    );
  }
}
