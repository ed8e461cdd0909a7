import type { Clock, SealedStore } from '../environment/environment.js';
import { SealedTable } from '../environment/sealed-table.js';

const keptFor = 30 * 86_400_000;

/**
 * S4: stores only the digest of a silent session's id, for 30 days and for all tabs. For 30 days, the keeper writes
 * none of the session's events, and does not ask the platform for the session.
 */
export class SilentSessions {
  readonly #table: SealedTable<null>;
  readonly #clock: Clock;
  /** When each session became silent, by its digest. */
  #since: Promise<Map<string, number>> | undefined;

  constructor(storage: SealedStore, clock: Clock) {
    this.#table = new SealedTable(storage, 'silent');
    this.#clock = clock;
  }

  /** Whether the session is silent. False if the store rejects: the keeper then asks the platform. */
  async has(sessionId: string): Promise<boolean> {
    try {
      const since = (await this.#all()).get(await this.#table.digest(sessionId));
      return since !== undefined && !this.#isOver(since);
    } catch {
      return false;
    }
  }

  /** Stores the session's digest. The 30 days begin with the first call for the session. */
  async add(sessionId: string): Promise<void> {
    const id = await this.#table.digest(sessionId);
    const all = await this.#all();
    if (all.has(id)) return;
    const now = this.#clock.now();
    all.set(id, now);
    await this.#table.change({ put: [{ id, order: now, value: null }] });
  }

  /** Reads all digests, and removes those older than 30 days. */
  #all(): Promise<Map<string, number>> {
    const read = async () => {
      const rows = await this.#table.stored();
      const old = rows.filter(({ order }) => this.#isOver(order)).map(({ id }) => id);
      await this.#table.removeIds(old);
      return new Map(rows.filter(({ id }) => !old.includes(id)).map(({ id, order }) => [id, order]));
    };
    this.#since ??= read();
    this.#since.catch(() => (this.#since = undefined));
    return this.#since;
  }

  #isOver(since: number): boolean {
    return this.#clock.now() - since >= keptFor;
  }
}
