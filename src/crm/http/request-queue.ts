import type { LookUpOptions } from '../crm-host.js';

/** `interactive`: an agent waits for the answer. */
export type Priority = NonNullable<LookUpOptions['priority']>;

interface Waiting {
  priority: Priority;
  start: () => void;
}

/**
 * Limits how many requests run at once, so that typing does not use up the budget. Among the waiting requests,
 * interactive requests start first. The queue never sends a request that its caller aborts in the queue. A sent request
 * keeps its place until the answer.
 */
export class RequestQueue {
  readonly #mostAtOnce: number;
  #running = 0;
  #waiting: Waiting[] = [];

  constructor(mostAtOnce: number) {
    this.#mostAtOnce = mostAtOnce;
  }

  async run<T>(priority: Priority, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    signal?.throwIfAborted();
    if (this.#running >= this.#mostAtOnce) await this.#turn(priority, signal);
    else this.#running++;
    try {
      return await work();
    } finally {
      // The place goes to the next request, or becomes free.
      const next = this.#next();
      if (next) next.start();
      else this.#running--;
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
