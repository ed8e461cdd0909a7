import type { SealedStore } from '../domain/environment.js';
import { own } from '../domain/own.js';
import type { LineState } from '../machine/line-state.js';
import type { Draft } from '../machine/session-context.js';

const table = 'drafts';

/** A6: notes that are not saved yet outlive the page, sealed. S4: not those of a call without a ticket. */
export class DraftMemory {
  readonly #storage: SealedStore;
  readonly #epoch: () => number | undefined;
  readonly #kept = new Map<string, string>();
  #tail: Promise<void> = Promise.resolve();

  constructor(storage: SealedStore, epoch: () => number | undefined) {
    this.#storage = storage;
    this.#epoch = epoch;
  }

  /** By session. */
  async load(): Promise<ReadonlyMap<string, Draft>> {
    const { store, crypto } = this.#storage;
    const drafts = new Map<string, Draft>();
    for (const { value } of await store.all(table)) {
      const { sessionId, ...draft } = (await crypto.open(value)) as Draft & { sessionId: string };
      drafts.set(sessionId, draft);
      this.#kept.set(sessionId, JSON.stringify(draft));
    }
    return drafts;
  }

  /** One write after the other; what could not be kept is tried again with the next change. */
  keep({ sessions, calls }: LineState): void {
    for (const [id, { context }] of Object.entries(sessions)) {
      const { draft, saved } = context;
      const has = !saved && !own(calls, id)?.hidden && (draft.notes !== '' || draft.dispositions.length > 0);
      this.#change(id, has ? draft : undefined);
    }
    for (const id of this.#kept.keys()) if (!own(sessions, id)) this.#change(id, undefined);
  }

  #change(sessionId: string, draft: Draft | undefined): void {
    const text = draft && JSON.stringify(draft);
    if (text === this.#kept.get(sessionId)) return;
    if (text === undefined) this.#kept.delete(sessionId);
    else this.#kept.set(sessionId, text);
    this.#tail = this.#tail
      .then(() => this.#write(sessionId, draft))
      .catch(() => void (text && this.#kept.get(sessionId) === text && this.#kept.set(sessionId, '')));
  }

  async #write(sessionId: string, draft: Draft | undefined): Promise<void> {
    const { store, crypto } = this.#storage;
    const epoch = this.#epoch();
    if (epoch === undefined) throw new Error('Another tab leads.');
    const id = await crypto.digest(sessionId);
    await store.commit({
      ...{ table, epoch },
      ...(draft ? { put: [{ id, order: 0, value: await crypto.seal({ sessionId, ...draft }) }] } : { remove: [id] }),
    });
  }
}
