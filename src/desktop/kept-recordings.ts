import type { Recording } from '../domain/session.js';
import type { Clock, SealedStore } from '../environment/environment.js';
import { SealedTable } from '../environment/sealed-table.js';
import type { Report } from '../keeper/problem.js';
import type { OutboxEntry } from '../outbox/outbox.js';

/** R11, R5, R14: a recording or a shared file that the CRM takes neither as a file nor as a link. */
export interface KeptRecording extends Pick<Recording, 'startedAt' | 'part' | 'parts'> {
  id: string;
  sessionId: string;
  /** Absent: the recording of a call. */
  kind?: 'voicemail' | 'shared';
  /** Of a shared file. */
  name?: string;
  /** Of what can be heard. */
  durationSeconds?: number;
  /** E.164, where it is known. */
  number?: string;
  file: Blob;
}

const day = 86_400_000;
/** As long as anything of a customer is kept in a browser. */
export const recordingsKeptFor = 7 * day;

/** Keeps such recordings in this browser, sealed, over reloads and for every tab, until they are removed or a week old. */
export class KeptRecordings {
  readonly #table: SealedTable<KeptRecording>;
  readonly #clock: Clock;
  /** What this page has kept. */
  readonly #own = new Set<string>();

  constructor(storage: SealedStore, clock: Clock) {
    this.#table = new SealedTable(storage, 'recordings');
    this.#clock = clock;
  }

  /** False: they go with this page. */
  get durable(): boolean {
    return this.#table.durable;
  }

  /** How many this page has kept: where they are not durable, these are all. */
  get count(): number {
    return this.#own.size;
  }

  /** The same twice is kept once. Rejects where the browser does not keep it. */
  async keep(recording: Omit<KeptRecording, 'id'>): Promise<void> {
    const { sessionId, startedAt, part, name } = recording;
    const key = [sessionId, startedAt, part, ...(name === undefined ? [] : [name])].join(' ');
    const id = await this.#table.digest(key);
    await this.#table.change({ put: [{ key, order: this.#clock.now(), value: { ...recording, id } }] });
    this.#own.add(id);
  }

  /** The newest first. Removes what is too old. */
  async list(): Promise<readonly KeptRecording[]> {
    const since = this.#clock.now() - recordingsKeptFor;
    const old = (await this.#table.stored()).filter(({ order }) => order < since).map(({ id }) => id);
    if (old.length > 0) await this.#forget(old);
    // A recording whose key is gone is removed after its week.
    const { rows } = await this.#table.open({ isWanted: ({ order }) => order >= since });
    // A platform may say that anything is a file: of what is none, nothing can be had.
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

/** R5, R11, R14: the files of a write of which its ticket says that they are kept here. */
export function filesOf({ intent }: OutboxEntry): readonly Omit<KeptRecording, 'id' | 'number'>[] {
  if (intent.kind !== 'write-ticket' || !intent.comment) return [];
  const { sessionId, at, origin, comment } = intent;
  const { recording, attachments = [] } = comment;
  const files: Omit<KeptRecording, 'id' | 'number'>[] = [];
  if (recording?.file && recording.url === undefined) {
    const { file, startedAt, durationSeconds, part, parts } = recording;
    const kind = origin.voicemail ? { kind: 'voicemail' as const } : {};
    files.push({ sessionId, ...kind, startedAt, durationSeconds, part, parts, file });
  }
  // The part tells two of one name apart.
  for (const [before, { file, url, name }] of attachments.entries())
    if (file && url === undefined)
      files.push({ sessionId, kind: 'shared', name, startedAt: at, part: before + 1, parts: 1, file });
  return files;
}

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
