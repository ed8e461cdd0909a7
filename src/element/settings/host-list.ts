import type { ReactiveController, ReactiveControllerHost } from 'lit';

const timeLimit = 10_000;

/** A list that the CRM provides, with its loading state. */
export class HostList<T> implements ReactiveController {
  state: 'absent' | 'loading' | 'ready' | 'failed' = 'absent';
  items: readonly T[] = [];
  /** The error of the last try. */
  failure: unknown;
  readonly #host: ReactiveControllerHost;
  #load: (() => Promise<readonly T[]>) | undefined;
  #request = 0;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {}

  /** Sets the source of the list and loads it. `undefined`: there is no list. */
  from(load: (() => Promise<readonly T[]>) | undefined): void {
    this.#load = load;
    this.items = [];
    void this.retry();
  }

  /** Loads the list again. The answer of an earlier request is ignored. */
  async retry(): Promise<void> {
    const request = ++this.#request;
    this.state = this.#load ? 'loading' : 'absent';
    this.#host.requestUpdate();
    if (!this.#load) return;
    try {
      const items = await hostInTime(this.#load());
      if (request !== this.#request) return;
      if (!Array.isArray(items)) throw new TypeError('The CRM did not answer with a list.');
      this.items = items;
      this.state = 'ready';
    } catch (failure) {
      if (request !== this.#request) return;
      this.failure = failure;
      this.state = 'failed';
    }
    this.#host.requestUpdate();
  }

  /** Sets the list without a request. */
  know(items: readonly T[]): void {
    this.#request++;
    this.items = items;
    this.state = 'ready';
    this.#host.requestUpdate();
  }
}

/** Rejects when the CRM does not answer in time. */
export function hostInTime<T>(answer: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(Object.assign(new Error('The CRM did not answer in time.'), { code: 'timeout' })),
      timeLimit,
    );
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
