/** Repeats a step until the step resolves with false. A call of `start` during a step makes the loop run once more. */
export class Loop {
  readonly #step: () => Promise<boolean>;
  readonly #ended: (failure?: { cause: unknown }) => void;
  #running: Promise<void> | undefined;
  #asked = 0;
  #stopped = false;

  /** The loop calls `ended` synchronously after the last step, with the cause if a step rejected. */
  constructor(step: () => Promise<boolean>, ended: (failure?: { cause: unknown }) => void) {
    this.#step = step;
    this.#ended = ended;
  }

  /** Resolves when the loop ends, and never rejects. Undefined if the loop does not run. */
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
