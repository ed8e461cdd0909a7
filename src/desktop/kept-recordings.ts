import type { Clock, SealedStore } from '../domain/environment.js';
import type { Recording } from '../domain/session.js';

/** R11: a recording that came as a file, and that the CRM takes neither as a file nor as a link. */
export interface KeptRecording extends Pick<Recording, 'startedAt' | 'durationSeconds' | 'part' | 'parts'> {
  id: string;
  sessionId: string;
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

  constructor(storage: SealedStore, clock: Clock) {
    this.#storage = storage;
    this.#clock = clock;
  }

  /** The same twice is kept once. Rejects where the browser does not keep it. */
  async keep(recording: Omit<KeptRecording, 'id'>): Promise<void> {
    const { store, crypto } = this.#storage;
    const { sessionId, startedAt, part } = recording;
    const id = await crypto.digest(`${sessionId} ${startedAt} ${part}`);
    const order = this.#clock.now();
    await store.commit({ table, put: [{ id, order, value: await crypto.seal({ ...recording, id }) }] });
  }

  /** The newest first. Removes what is too old. */
  async list(): Promise<readonly KeptRecording[]> {
    const { store, crypto } = this.#storage;
    const rows = await store.all(table);
    const since = this.#clock.now() - recordingsKeptFor;
    const old = rows.filter(({ order }) => order < since).map(({ id }) => id);
    if (old.length > 0) await store.commit({ table, remove: old });
    const kept = rows.filter(({ order }) => order >= since);
    const opened = await Promise.all(kept.map(({ value }) => crypto.open(value) as Promise<KeptRecording>));
    return opened.reverse();
  }

  async remove(id: string): Promise<void> {
    await this.#storage.store.commit({ table, remove: [id] });
  }
}
