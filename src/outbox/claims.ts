type Owner = 'creating' | 'writing' | 'person';

/** Rows that somebody is changing, by their keys: until they are done nobody else does. */
export class Claims {
  readonly #held = new Map<string, Owner>();
  #waiting: (() => void)[] = [];

  has(key: string): boolean {
    return this.#held.has(key);
  }

  /** Resolves when something has been let go of; undefined where nothing is claimed. */
  get pending(): Promise<void> | undefined {
    return this.#held.size > 0 ? this.change() : undefined;
  }

  hasForOther(key: string, than: Owner): boolean {
    return this.#held.has(key) && this.#held.get(key) !== than;
  }

  /** Nobody may have claimed them. */
  async during<T>(owner: Owner, keys: readonly string[], work: () => Promise<T>): Promise<T> {
    for (const key of keys) this.#held.set(key, owner);
    try {
      return await work();
    } finally {
      for (const key of keys) this.#held.delete(key);
      for (const resolve of this.#waiting.splice(0)) resolve();
    }
  }

  /** Resolves when something has been let go of. */
  change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
