import type { Clock, SealedStore } from '../environment/environment.js';
import { SealedTable } from '../environment/sealed-table.js';

const keptFor = 30 * 86_400_000;

/**
 * S4: of a session without a ticket only a digest of its id is stored, for 30 days and for all tabs. Its later events
 * stay silent, and the platform is not asked for it.
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

  /** False when the store cannot be read: then the platform is asked. */
  async has(sessionId: string): Promise<boolean> {
    try {
      const since = (await this.#all()).get(await this.#table.digest(sessionId));
      return since !== undefined && !this.#isOver(since);
    } catch {
      return false;
    }
  }

  /** The 30 days begin with the first call. Later calls do not prolong them. */
  async add(sessionId: string): Promise<void> {
    const id = await this.#table.digest(sessionId);
    const all = await this.#all();
    if (all.has(id)) return;
    const now = this.#clock.now();
    all.set(id, now);
    await this.#table.change({ put: [{ id, order: now, value: null }] });
  }

  /** Reads all digests, and removes those that are too old. */
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
