import type { Clock, SealedStore } from '../environment/environment.js';
import { Deposed } from '../outbox/outbox-store.js';
import { NotNow } from './crm-look-ups.js';
import type { KeptSession } from './journal.js';
import { newSessionEntry, type SessionEntry } from './session-entry.js';
import type { JournalSync } from './journal-sync.js';
import type { SessionTimers } from './timers.js';
import { SilentSessions } from './silent-sessions.js';
import type { Transcripts } from './transcripts.js';

const keptSilent = 500;

/** All session entries, and the ids of silent sessions (S4). */
export class SessionEntries {
  readonly #timers: SessionTimers;
  readonly #store: JournalSync;
  readonly #entries = new Map<string, SessionEntry>();
  /** Ids of this page's silent sessions, because the store may fail to keep their digests. */
  readonly #silent = new Set<string>();
  readonly #kept: SilentSessions | undefined;
  readonly #checked = new WeakSet<SessionEntry>();
  readonly #transcripts: Pick<Transcripts, 'forget'>;

  constructor(
    timers: SessionTimers,
    store: JournalSync,
    {
      storage,
      clock,
      transcripts,
    }: { storage?: SealedStore | undefined; clock: Clock; transcripts: Pick<Transcripts, 'forget'> },
  ) {
    this.#timers = timers;
    this.#store = store;
    this.#kept = storage && new SilentSessions(storage, clock);
    this.#transcripts = transcripts;
  }

  get all(): readonly SessionEntry[] {
    return [...this.#entries.values()];
  }

  get(sessionId: string): SessionEntry | undefined {
    return this.#entries.get(sessionId);
  }

  has(entry: SessionEntry): boolean {
    return this.#entries.get(entry.sessionId) === entry;
  }

  of(sessionId: string, kept?: KeptSession): SessionEntry {
    const entry = this.#entries.get(sessionId) ?? newSessionEntry(sessionId, kept);
    this.#entries.set(sessionId, entry);
    return entry;
  }

  /** Saves the session, unless the keeper has forgotten it. */
  async keep(entry: SessionEntry): Promise<void> {
    if (this.has(entry)) await this.#store.keep(entry);
  }

  /**
   * R8, R31: saves a decision, or the facts of a card, before the keeper uses it. Otherwise another tab might decide on
   * a second ticket, or its card lose what only this tab has heard. Rejects with `NotNow` if another tab leads.
   */
  async keepAsLeader(entry: SessionEntry): Promise<void> {
    this.#store.renew(entry);
    await this.keep(entry);
    if (this.#store.deposed) throw new NotNow(new Deposed('Another tab leads.'));
  }

  forget(entry: SessionEntry): void {
    this.#timers.clear(entry);
    this.#entries.delete(entry.sessionId);
    this.#transcripts.forget(entry.sessionId);
    void this.#store.remove(entry);
  }

  /**
   * S4: forgets the session, and remembers that it is silent. Otherwise the journal could keep a later event while the
   * platform does not answer.
   */
  silence(sessionId: string): void {
    const entry = this.#entries.get(sessionId);
    if (entry) this.forget(entry);
    this.#silent.add(sessionId);
    this.#transcripts.forget(sessionId);
    for (const oldest of this.#silent) if (this.#silent.size > keptSilent) this.#silent.delete(oldest);
    this.#kept?.add(sessionId).catch(() => undefined);
  }

  /** Whether an earlier page or another tab found the session silent. Asks the store once for each entry. */
  async wasSilent(entry: SessionEntry): Promise<boolean> {
    if (!this.#kept || this.#checked.has(entry)) return false;
    this.#checked.add(entry);
    return this.#kept.has(entry.sessionId);
  }

  isSilent(sessionId: string): boolean {
    return this.#silent.has(sessionId);
  }
}
