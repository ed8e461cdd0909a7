/** The acts of colleagues that the drawer offers, and their results. */
export class Colleagues {
  /** The target of the next merge. */
  into = '';
  said = '';
  problem = '';
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  async do(said: string, work: () => Promise<void>): Promise<void> {
    this.said = this.problem = '';
    try {
      await work();
      this.said = said;
    } catch (cause) {
      this.problem = `Not done: ${(cause as Error).message}`;
    }
    this.#changed();
  }
}
