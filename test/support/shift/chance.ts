import { seededRandom } from '../../../src/environment/seeded-random.js';

/** The random decisions of one shift. The same seed gives the same shift. */
export class Chance {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  hits(probability: number): boolean {
    return this.#random() < probability;
  }

  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number {
    return least + Math.floor(this.#random() * (most - least + 1));
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.#random() * items.length)]!;
  }

  /** A random item. A heavier item is more likely. */
  weighed<T extends { weight: number }>(items: readonly T[]): T | undefined {
    let left = this.#random() * items.reduce((sum, { weight }) => sum + weight, 0);
    return items.find(({ weight }) => (left -= weight) < 0);
  }
}
