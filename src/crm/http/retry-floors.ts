const forgottenAfter = 3_600_000;

/** The earliest times, in milliseconds, at which requests may be sent again, by kind of request. */
export class RetryFloors {
  readonly #floors = new Map<string, number>();

  /** A floor is never lowered. */
  raise(kind: string, until: number): void {
    for (const [one, at] of this.#floors) if (at <= until - forgottenAfter) this.#floors.delete(one);
    this.#floors.set(kind, Math.max(until, this.#floors.get(kind) ?? 0));
  }

  /** The highest floor of these kinds; 0 where there is none. */
  of(kinds: readonly string[]): number {
    return Math.max(0, ...kinds.map((kind) => this.#floors.get(kind) ?? 0));
  }
}
