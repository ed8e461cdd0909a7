import { windowSize } from '../lists/list-window.js';

/** What the list shows first: a message, and how far its top is from the top of the list, in pixels. */
export interface ReadingPosition {
  key: string;
  offset: number;
}

/** The messages to render, and the heights of those that are left out above and below. */
export interface MessageWindow {
  from: number;
  to: number;
  above: number;
  below: number;
}

/** Pixels: the height of a message that was never on screen, before any was. */
const usualHeight = 44;

/** The heights of the messages that have been on screen. The others count as the average. */
export class MessageHeights {
  readonly #known = new Map<string, number>();
  #sum = 0;

  measure(key: string, height: number): void {
    this.#sum += height - (this.#known.get(key) ?? 0);
    this.#known.set(key, height);
  }

  of(key: string): number {
    return this.#known.get(key) ?? (this.#known.size > 0 ? this.#sum / this.#known.size : usualHeight);
  }

  /** The messages around the reading position, or the newest ones. */
  window(keys: readonly string[], position: ReadingPosition | undefined): MessageWindow {
    const first = position ? keys.indexOf(position.key) : keys.length;
    const wanted = (first < 0 ? keys.length : first) - Math.floor(windowSize / 4);
    const from = Math.max(0, Math.min(wanted, keys.length - windowSize));
    const to = Math.min(keys.length, from + windowSize);
    return { from, to, above: this.#height(keys.slice(0, from)), below: this.#height(keys.slice(to)) };
  }

  /** The message at a scroll position. */
  at(keys: readonly string[], scrollTop: number): ReadingPosition | undefined {
    let top = 0;
    for (const key of keys) {
      const height = this.of(key);
      if (top + height > scrollTop) return { key, offset: top - scrollTop };
      top += height;
    }
    return undefined;
  }

  #height(keys: readonly string[]): number {
    return keys.reduce((sum, key) => sum + this.of(key), 0);
  }
}
