import type { LitElement, ReactiveController } from 'lit';

/**
 * Q6: moves the focus when the focused button disappears with its action. The focus moves to the safe answer of the
 * row's question, else to the last button of the row (Remove or Discard), else to the nearest row, else to `fallback`.
 */
export class FocusInRows implements ReactiveController {
  readonly #host: LitElement;
  readonly #fallback: () => { focus(): void } | null | undefined;
  /** The row that had the focus, with its position. */
  #focused: { key: string | undefined; at: number } | undefined;

  constructor(host: LitElement, fallback: () => { focus(): void } | null | undefined) {
    this.#host = host;
    this.#fallback = fallback;
    host.addController(this);
  }

  get #rows(): readonly HTMLElement[] {
    return [...(this.#host.shadowRoot?.querySelectorAll('li') ?? [])];
  }

  hostUpdate(): void {
    const focused = this.#host.shadowRoot?.activeElement;
    const row = focused?.closest('li');
    this.#focused = focused ? { key: row?.dataset['key'], at: row ? this.#rows.indexOf(row) : Infinity } : undefined;
  }

  hostUpdated(): void {
    const had = this.#focused;
    if (!had || this.#host.shadowRoot?.activeElement) return;
    const rows = this.#rows;
    const same = rows.filter(({ dataset }) => had.key !== undefined && dataset['key'] === had.key);
    const near = had.key === undefined ? [] : [...rows.slice(had.at), ...rows.slice(0, had.at).reverse()];
    const button = [...same, ...near].map(buttonOf).find(Boolean);
    (button ?? this.#fallback())?.focus();
  }
}

const buttonOf = (row: HTMLElement): HTMLElement | null | undefined =>
  row.querySelector<HTMLElement>('[role="group"] button') ?? [...row.querySelectorAll('button')].at(-1);
