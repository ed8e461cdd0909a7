/** What colleagues do in the account, on a press in the drawer, and what became of it. */
export class Colleagues {
  /** The ticket that the one on screen is to be merged into. */
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
