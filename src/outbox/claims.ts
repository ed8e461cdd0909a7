type Owner = 'creating' | 'writing' | 'person';

/** Locks on rows, by key. Only the owner of a claim may change the row. */
export class Claims {
  readonly #held = new Map<string, Owner>();
  #waiting: (() => void)[] = [];

  has(key: string): boolean {
    return this.#held.has(key);
  }

  /** Resolves when a claim is released. Undefined if nothing is claimed. */
  get pending(): Promise<void> | undefined {
    return this.#held.size > 0 ? this.change() : undefined;
  }

  hasForOther(key: string, than: Owner): boolean {
    return this.#held.has(key) && this.#held.get(key) !== than;
  }

  /** Claims the rows, which must be unclaimed, while `work` runs. */
  async during<T>(owner: Owner, keys: readonly string[], work: () => Promise<T>): Promise<T> {
    for (const key of keys) this.#held.set(key, owner);
    try {
      return await work();
    } finally {
      for (const key of keys) this.#held.delete(key);
      for (const resolve of this.#waiting.splice(0)) resolve();
    }
  }

  /** Resolves when a claim is released. */
  change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
