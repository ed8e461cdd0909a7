import type { Clock, Timers } from '../environment/environment.js';

interface Due {
  id: number;
  at: number;
  run: () => void;
}

/** A clock that only `advance` moves. Its timers run in the order in which they are due. */
export class SimulatedTime implements Clock, Timers {
  #now: number;
  #nextId = 1;
  readonly #due = new Map<number, Due>();
  readonly #settle: () => Promise<void>;
  readonly #work = new Set<Promise<unknown>>();

  /** `settled` resolves when every promise that can settle has settled. The default works in browsers and in Node. */
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

  /** The number of waiting timers. */
  get pending(): number {
    return this.#due.size;
  }

  /** Runs work that takes real time (loading a file, sealing bytes). `advance` waits until the work has ended. */
  readonly during = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = work();
    const done: Promise<unknown> = result.then(
      () => this.#work.delete(done),
      () => this.#work.delete(done),
    );
    this.#work.add(done);
    return result;
  };

  /** Moves the clock and runs the due timers. After each timer it waits until promises have settled and work has ended. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    await this.#quiet();
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#due.delete(next.id);
      this.#now = Math.max(this.#now, next.at);
      next.run();
      await this.#quiet();
    }
    this.#now = end;
  }

  async #quiet(): Promise<void> {
    await this.#settle();
    while (this.#work.size > 0) {
      await Promise.all(this.#work);
      await this.#settle();
    }
  }

  /** The next timer that is due by `end`. Of two timers for the same time, the timer that was set first. */
  #next(end: number): Due | undefined {
    let first: Due | undefined;
    for (const one of this.#due.values()) if (one.at <= end && (!first || one.at < first.at)) first = one;
    return first;
  }
}

const { process } = globalThis as { process?: { nextTick?: (run: () => void) => void } };

/**
 * Resolves when every promise that can settle now has settled. In Node this is exact. In a browser it resolves after one
 * turn of the event loop.
 */
export const settle = (): Promise<void> =>
  new Promise((resolve) => {
    if (process?.nextTick) return process.nextTick(resolve);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => (port1.close(), resolve());
    port2.postMessage(undefined);
  });
