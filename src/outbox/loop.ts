/** Repeats a step until it has nothing to do. A start during the last step is not lost. */
export class Loop {
  readonly #step: () => Promise<boolean>;
  readonly #ended: (failure?: { cause: unknown }) => void;
  #running: Promise<void> | undefined;
  #asked = 0;
  #stopped = false;

  /** `ended` is called synchronously after the last step. If a step rejected, it gets the cause. */
  constructor(step: () => Promise<boolean>, ended: (failure?: { cause: unknown }) => void) {
    this.#step = step;
    this.#ended = ended;
  }

  /** Resolves when the loop ends, and never rejects. Undefined if it does not run. */
  get running(): Promise<void> | undefined {
    return this.#running;
  }

  start(): void {
    this.#asked++;
    this.#running ??= this.#run();
  }

  stop(): void {
    this.#stopped = true;
  }

  async #run(): Promise<void> {
    let failure: { cause: unknown } | undefined;
    try {
      for (let seen = -1; seen !== this.#asked && !this.#stopped;) {
        seen = this.#asked;
        while (!this.#stopped && (await this.#step()));
      }
    } catch (cause) {
      failure = { cause };
    }
    this.#running = undefined;
    this.#ended(failure);
  }
}
