import type { Clock } from '../environment/environment.js';

/** Milliseconds for which an item is remembered: longer than the observed lag of the search index. */
const remembered = 10 * 60_000;
const mostItems = 100;

/** The contacts or tickets that this page has just created, until the search index has them. The newest is first. */
export class RecentlyMade<T extends { id: string }> {
  readonly #clock: Clock;
  #made: { item: T; at: number }[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(item: T): void {
    const at = this.#clock.now();
    this.#made = [{ item, at }, ...this.#made.filter((one) => one.item.id !== item.id)].slice(0, mostItems);
  }

  get items(): readonly T[] {
    const now = this.#clock.now();
    this.#made = this.#made.filter(({ at }) => at > now - remembered);
    return this.#made.map(({ item }) => item);
  }
}
