import type { ReactiveController, ReactiveControllerHost } from 'lit';

const patience = 10_000;

/** A list that somebody else has: not there at all, on its way, here, or failed with Retry as the way out. */
export class HostList<T> implements ReactiveController {
  state: 'absent' | 'loading' | 'ready' | 'failed' = 'absent';
  items: readonly T[] = [];
  /** What the last failure said. */
  failure: unknown;
  readonly #host: ReactiveControllerHost;
  #load: (() => Promise<readonly T[]>) | undefined;
  #turn = 0;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {}

  /** Where the list comes from, from now on; without it there is none. */
  from(load: (() => Promise<readonly T[]>) | undefined): void {
    this.#load = load;
    this.items = [];
    void this.retry();
  }

  /** Asks again; an answer to an older question is not heard. */
  async retry(): Promise<void> {
    const turn = ++this.#turn;
    this.state = this.#load ? 'loading' : 'absent';
    this.#host.requestUpdate();
    if (!this.#load) return;
    try {
      const items = await inTime(this.#load());
      if (turn !== this.#turn) return;
      if (!Array.isArray(items)) throw new TypeError('The CRM answered with something that is no list.');
      this.items = items;
      this.state = 'ready';
    } catch (failure) {
      if (turn !== this.#turn) return;
      this.failure = failure;
      this.state = 'failed';
    }
    this.#host.requestUpdate();
  }

  /** Takes a list that is known from elsewhere. */
  know(items: readonly T[]): void {
    this.#turn++;
    this.items = items;
    this.state = 'ready';
    this.#host.requestUpdate();
  }
}

/** A CRM that never answers is a CRM that failed. */
export function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error('timeout'), { code: 'timeout' })), patience);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
