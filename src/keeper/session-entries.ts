import type { KeptSession } from './journal.js';
import { newLane, type Lane } from './session-entry.js';
import type { KeeperStore } from './journal-sync.js';
import type { KeeperTimers } from './timers.js';
import type { SilentSessions } from './silent-sessions.js';

const keptSilent = 500;

/** The sessions in the keeper's hands, and those of which nothing is held but that (S4). */
export class KeeperLanes {
  readonly #timers: KeeperTimers;
  readonly #store: KeeperStore;
  readonly #lanes = new Map<string, Lane>();
  /** Those of this page, where their digests cannot be kept. */
  readonly #silent = new Set<string>();
  readonly #kept: SilentSessions | undefined;
  readonly #checked = new WeakSet<Lane>();

  constructor(timers: KeeperTimers, store: KeeperStore, kept?: SilentSessions) {
    this.#timers = timers;
    this.#store = store;
    this.#kept = kept;
  }

  get all(): readonly Lane[] {
    return [...this.#lanes.values()];
  }

  get(sessionId: string): Lane | undefined {
    return this.#lanes.get(sessionId);
  }

  has(lane: Lane): boolean {
    return this.#lanes.get(lane.sessionId) === lane;
  }

  of(sessionId: string, kept?: KeptSession): Lane {
    const lane = this.#lanes.get(sessionId) ?? newLane(sessionId, kept);
    this.#lanes.set(sessionId, lane);
    return lane;
  }

  forget(lane: Lane): void {
    this.#timers.clear(lane);
    this.#lanes.delete(lane.sessionId);
    void this.#store.remove(lane);
  }

  /** S4: from now on nothing is held of it; what comes after its last event would else be kept while nobody can be asked. */
  silence(sessionId: string): void {
    const lane = this.#lanes.get(sessionId);
    if (lane) this.forget(lane);
    this.#silent.add(sessionId);
    for (const oldest of this.#silent) if (this.#silent.size > keptSilent) this.#silent.delete(oldest);
    this.#kept?.add(sessionId).catch(() => undefined);
  }

  /** It was silent in an earlier page, or another tab. Asked once, before anything is done with it. */
  async wasSilent(lane: Lane): Promise<boolean> {
    if (!this.#kept || this.#checked.has(lane)) return false;
    this.#checked.add(lane);
    return this.#kept.has(lane.sessionId);
  }

  isSilent(sessionId: string): boolean {
    return this.#silent.has(sessionId);
  }
}
