import type { Clock, SealedStore } from '../environment/environment.js';
import type { Recording } from '../domain/session.js';
import type { OutboxEntry } from '../outbox/outbox.js';
import { readable } from '../environment/readable.js';

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

const table = 'recordings';
const day = 86_400_000;
/** As long as anything of a customer is kept in a browser. */
export const recordingsKeptFor = 7 * day;

/** Keeps such recordings in this browser, sealed, over reloads and for every tab, until they are removed or a week old. */
export class KeptRecordings {
  readonly #storage: SealedStore;
  readonly #clock: Clock;
  /** What this page has kept. */
  readonly #own = new Set<string>();

  constructor(storage: SealedStore, clock: Clock) {
    this.#storage = storage;
    this.#clock = clock;
  }

  /** False: they go with this page. */
  get durable(): boolean {
    return this.#storage.store.durable;
  }

  /** How many this page has kept: where they are not durable, these are all. */
  get count(): number {
    return this.#own.size;
  }

  /** The same twice is kept once. Rejects where the browser does not keep it. */
  async keep(recording: Omit<KeptRecording, 'id'>): Promise<void> {
    const { store, crypto } = this.#storage;
    const { sessionId, startedAt, part, name } = recording;
    const id = await crypto.digest([sessionId, startedAt, part, ...(name === undefined ? [] : [name])].join(' '));
    const order = this.#clock.now();
    await store.commit({ table, put: [{ id, order, value: await crypto.seal({ ...recording, id }) }] });
    this.#own.add(id);
  }

  /** The newest first. Removes what is too old. */
  async list(): Promise<readonly KeptRecording[]> {
    const { store, crypto } = this.#storage;
    const rows = await store.all(table);
    const since = this.#clock.now() - recordingsKeptFor;
    const old = rows.filter(({ order }) => order < since).map(({ id }) => id);
    if (old.length > 0) await this.#forget(old);
    const kept = rows.filter(({ order }) => order >= since);
    // One whose key is gone goes with its week.
    const opened = await readable(kept, ({ value }) => crypto.open(value) as Promise<KeptRecording>);
    // A platform may say that anything is a file: of what is none, nothing can be had.
    return opened.filter(({ file }) => file instanceof Blob).reverse();
  }

  async remove(id: string): Promise<void> {
    await this.#forget([id]);
  }

  async #forget(ids: readonly string[]): Promise<void> {
    await this.#storage.store.commit({ table, remove: ids });
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
