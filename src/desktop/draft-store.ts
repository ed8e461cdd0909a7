import type { SealedStore } from '../environment/environment.js';
import { SealedTable } from '../environment/sealed-table.js';
import { own } from '../domain/own.js';
import type { LeaderState } from '../machine/leader/leader-state.js';
import type { Draft } from '../machine/session/session-context.js';

/**
 * A6: stores unsaved notes, sealed, so that they outlive the page. S4: notes of a call without a ticket are not stored.
 */
export class DraftStore {
  readonly #table: SealedTable<unknown>;
  readonly #epoch: () => number | undefined;
  readonly #unreadable: () => void;
  readonly #stored = new Map<string, string>();
  #lastWrite: Promise<void> = Promise.resolve();

  constructor(storage: SealedStore, epoch: () => number | undefined, unreadable: () => void = () => undefined) {
    this.#table = new SealedTable(storage, 'drafts');
    this.#epoch = epoch;
    this.#unreadable = unreadable;
  }

  /** The drafts by session id. Unreadable drafts are left out, and `unreadable` is called for each. */
  async load(): Promise<ReadonlyMap<string, Draft>> {
    const drafts = new Map<string, Draft>();
    const { rows } = await this.#table.open({ isUnreadable: () => true, unreadable: () => this.#unreadable() });
    for (const { value } of rows) {
      const kept = readDraft(value);
      if (!kept) this.#unreadable();
      if (!kept) continue;
      drafts.set(kept.sessionId, kept.draft);
      this.#stored.set(kept.sessionId, JSON.stringify(kept.draft));
    }
    return drafts;
  }

  /** Stores the unsaved drafts. Writes run one after the other. The next call repeats a write that failed. */
  keep({ sessions, calls }: LeaderState): void {
    for (const [id, { context }] of Object.entries(sessions)) {
      const { draft, saved } = context;
      const isUnsaved = !saved && !own(calls, id)?.hidden && (draft.notes !== '' || draft.dispositions.length > 0);
      this.#change(id, isUnsaved ? draft : undefined);
    }
    for (const id of this.#stored.keys()) if (!own(sessions, id)) this.#change(id, undefined);
  }

  #change(sessionId: string, draft: Draft | undefined): void {
    const text = draft && JSON.stringify(draft);
    if (text === this.#stored.get(sessionId)) return;
    if (text === undefined) this.#stored.delete(sessionId);
    else this.#stored.set(sessionId, text);
    this.#lastWrite = this.#lastWrite
      .then(() => this.#write(sessionId, draft))
      .catch(() => void (text && this.#stored.get(sessionId) === text && this.#stored.set(sessionId, '')));
  }

  async #write(sessionId: string, draft: Draft | undefined): Promise<void> {
    const epoch = this.#epoch();
    if (epoch === undefined) throw new Error('Another tab leads.');
    const change = draft ? { put: [{ key: sessionId, value: { sessionId, ...draft } }] } : { remove: [sessionId] };
    await this.#table.change({ ...change, epoch });
  }
}

function readDraft(value: unknown): { sessionId: string; draft: Draft } | undefined {
  const { sessionId, notes, dispositions, ...more } = Object(value) as Partial<Draft> & { sessionId?: unknown };
  if (typeof sessionId !== 'string' || typeof notes !== 'string' || !Array.isArray(dispositions)) return undefined;
  return { sessionId, draft: { notes, dispositions, ...more } };
}
