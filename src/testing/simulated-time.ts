import type { Clock, Timers } from '../domain/environment.js';

/** A clock that only moves when told to, and its timers, run in the order in which they fall due. */
export class SimulatedTime implements Clock, Timers {
  #now: number;
  #nextId = 1;
  #due = new Map<number, { at: number; run: () => void }>();

  constructor(start = Date.parse('2026-03-02T09:00:00Z')) {
    this.#now = start;
  }

  readonly now = (): number => this.#now;

  readonly setTimeout = (run: () => void, milliseconds: number): number => {
    const id = this.#nextId++;
    this.#due.set(id, { at: this.#now + Math.max(0, milliseconds), run });
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
    await settle();
    for (;;) {
      const next = [...this.#due].filter(([, { at }]) => at <= end).sort(([a, x], [b, y]) => x.at - y.at || a - b)[0];
      if (!next) break;
      const [id, { at, run }] = next;
      this.#due.delete(id);
      this.#now = Math.max(this.#now, at);
      run();
      await settle();
    }
    this.#now = end;
  }
}

/** Lets every promise that can settle now do so. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 150; turn++) await Promise.resolve();
}
