/** Takes step after step while there is something to do. What comes while the loop ends is not missed. */
export class Loop {
  readonly #step: () => Promise<boolean>;
  readonly #ended: (failure?: { cause: unknown }) => void;
  #running: Promise<void> | undefined;
  #asked = 0;
  #stopped = false;

  /** `ended` is called in the very turn in which the last look was taken; with the cause, where a step rejected. */
  constructor(step: () => Promise<boolean>, ended: (failure?: { cause: unknown }) => void) {
    this.#step = step;
    this.#ended = ended;
  }

  /** Never rejects; undefined: it does not run. */
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
