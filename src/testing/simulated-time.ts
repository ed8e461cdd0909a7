import type { Clock, Timers } from '../domain/environment.js';

interface Due {
  id: number;
  at: number;
  run: () => void;
}

/** A clock that only moves when told to, and its timers, run in the order in which they fall due. */
export class SimulatedTime implements Clock, Timers {
  #now: number;
  #nextId = 1;
  readonly #due = new Map<number, Due>();
  readonly #settle: () => Promise<void>;

  /** `settled` waits until every promise that can settle has; its default works everywhere. */
  constructor(start = Date.parse('2026-03-02T09:00:00Z'), settled = settle) {
    this.#now = start;
    this.#settle = settled;
  }

  readonly now = (): number => this.#now;

  readonly setTimeout = (run: () => void, milliseconds: number): number => {
    const id = this.#nextId++;
    this.#due.set(id, { id, at: this.#now + Math.max(0, milliseconds), run });
    return id;
  };

  readonly clearTimeout = (id: unknown): void => {
    this.#due.delete(id as number);
  };

  /** How many timers wait. */
  get pending(): number {
    return this.#due.size;
  }

  /** Moves on, runs what falls due on the way, and lets promises settle after each. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    await this.#settle();
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#due.delete(next.id);
      this.#now = Math.max(this.#now, next.at);
      next.run();
      await this.#settle();
    }
    this.#now = end;
  }

  /** What falls due first, until then; of two at the same time the one that was set first. */
  #next(end: number): Due | undefined {
    let first: Due | undefined;
    for (const one of this.#due.values()) if (one.at <= end && (!first || one.at < first.at)) first = one;
    return first;
  }
}

/** Lets every promise that can settle now do so. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 150; turn++) await Promise.resolve();
}
