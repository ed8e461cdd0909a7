import type { Priority } from './request-budget.js';

interface Waiting {
  priority: Priority;
  start: () => void;
}

/**
 * At most so many look-ups under way, so that typing cannot use the budget up: the rest wait, what an agent waits for
 * first. One that is given up before it was sent is never sent; one that was sent keeps its place until it is answered.
 */
export class RequestQueue {
  readonly #most: number;
  #underWay = 0;
  #waiting: Waiting[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  async run<T>(priority: Priority, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    signal?.throwIfAborted();
    if (this.#underWay >= this.#most) await this.#turn(priority, signal);
    else this.#underWay++;
    try {
      return await work();
    } finally {
      // The place goes to the next one, or is free.
      const next = this.#next();
      if (next) next.start();
      else this.#underWay--;
    }
  }

  #turn(priority: Priority, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        this.#waiting = this.#waiting.filter((one) => one !== own);
        reject(signal!.reason as Error);
      };
      const own: Waiting = {
        priority,
        start: () => {
          signal?.removeEventListener('abort', giveUp);
          resolve();
        },
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      this.#waiting.push(own);
    });
  }

  #next(): Waiting | undefined {
    const interactive = this.#waiting.findIndex(({ priority }) => priority === 'interactive');
    return this.#waiting.splice(Math.max(0, interactive), 1)[0];
  }
}
