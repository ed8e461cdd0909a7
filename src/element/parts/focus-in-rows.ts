import type { LitElement, ReactiveController } from 'lit';

/**
 * Q6: a button that goes with what it did takes the focus with it. Then the last button of its row has it (the way to
 * give it up), or its question's careful answer; without it the next row's, and without any what is left of the list.
 */
export class FocusInRows implements ReactiveController {
  readonly #host: LitElement;
  readonly #left: () => { focus(): void } | null | undefined;
  /** The row that had the focus, and where it stood. */
  #had: { key: string | undefined; at: number } | undefined;

  constructor(host: LitElement, left: () => { focus(): void } | null | undefined) {
    this.#host = host;
    this.#left = left;
    host.addController(this);
  }

  get #rows(): readonly HTMLElement[] {
    return [...(this.#host.shadowRoot?.querySelectorAll('li') ?? [])];
  }

  hostUpdate(): void {
    const focused = this.#host.shadowRoot?.activeElement;
    const row = focused?.closest('li');
    this.#had = focused ? { key: row?.dataset['key'], at: row ? this.#rows.indexOf(row) : Infinity } : undefined;
  }

  hostUpdated(): void {
    const had = this.#had;
    if (!had || this.#host.shadowRoot?.activeElement) return;
    const rows = this.#rows;
    const same = rows.filter(({ dataset }) => had.key !== undefined && dataset['key'] === had.key);
    const near = had.key === undefined ? [] : [...rows.slice(had.at), ...rows.slice(0, had.at).reverse()];
    const button = [...same, ...near].map(buttonOf).find(Boolean);
    (button ?? this.#left())?.focus();
  }
}

const buttonOf = (row: HTMLElement): HTMLElement | null | undefined =>
  row.querySelector<HTMLElement>('[role="group"] button') ?? [...row.querySelectorAll('button')].at(-1);
