const forgottenAfter = 3_600_000;

/** The earliest time of the next request of each kind, in milliseconds. */
export class RetryFloors {
  readonly #floors = new Map<string, number>();

  /** Raises the floor of a kind. Ignores a time before the present floor. */
  raise(kind: string, until: number): void {
    for (const [one, at] of this.#floors) if (at <= until - forgottenAfter) this.#floors.delete(one);
    this.#floors.set(kind, Math.max(until, this.#floors.get(kind) ?? 0));
  }

  /** The highest floor of these kinds, or 0 if they have none. */
  of(kinds: readonly string[]): number {
    return Math.max(0, ...kinds.map((kind) => this.#floors.get(kind) ?? 0));
  }
}
