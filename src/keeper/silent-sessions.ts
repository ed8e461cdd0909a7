import type { Clock, SealedStore } from '../environment/environment.js';
import { SealedTable } from '../environment/sealed-table.js';

const keptFor = 30 * 86_400_000;

/**
 * S4: of a session without a ticket nothing is kept but a digest of its id, for 30 days and for all tabs: what comes later of
 * it stays silent, and nobody is asked.
 */
export class SilentSessions {
  readonly #table: SealedTable<null>;
  readonly #clock: Clock;
  /** When each became silent, by its digest. */
  #since: Promise<Map<string, number>> | undefined;

  constructor(storage: SealedStore, clock: Clock) {
    this.#table = new SealedTable(storage, 'silent');
    this.#clock = clock;
  }

  /** Where it cannot be read, false: then the platform is asked. */
  async has(sessionId: string): Promise<boolean> {
    try {
      const since = (await this.#all()).get(await this.#table.digest(sessionId));
      return since !== undefined && !this.#isOver(since);
    } catch {
      return false;
    }
  }

  /** The first time counts: what comes later of it prolongs nothing. */
  async add(sessionId: string): Promise<void> {
    const id = await this.#table.digest(sessionId);
    const all = await this.#all();
    if (all.has(id)) return;
    const now = this.#clock.now();
    all.set(id, now);
    await this.#table.change({ put: [{ id, order: now, value: null }] });
  }

  /** Removes what is too old. */
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
