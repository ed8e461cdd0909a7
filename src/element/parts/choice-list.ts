// The list has the focus and handles the keys of its options.
/* eslint-disable lit-a11y/click-events-have-key-events */
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { own } from '../../domain/own.js';
import { baseStyles } from '../styles/base-styles.js';
import { ComboboxEvent, type ComboboxOption } from './combobox-option.js';

/** Milliseconds within which typed letters belong together. */
const typedTogether = 800;

/**
 * A18: a list whose options are all in sight, as rows that look like radio buttons. Fires `choose`. Follows the ARIA
 * listbox pattern; the keys only point, because choosing a contact asks the CRM for tickets.
 */
export class ChoiceList extends LitElement {
  static override properties = {
    label: {},
    options: { attribute: false },
    value: {},
    disabled: { type: Boolean },
    _active: { state: true },
  };
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      /* A little of the fifth row shows that there is more. */
      [role='listbox'] {
        max-height: var(--_list-height, 12.25em);
        border: 1px solid var(--_edge);
        border-radius: var(--_radius);
        overflow-y: auto;
        overscroll-behavior: contain;
      }
      .option {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        align-items: center;
        gap: var(--_2);
        min-height: 36px;
        padding: 2px var(--_2);
        cursor: pointer;
      }
      .option:hover {
        background: var(--_hover);
      }
      .option[aria-selected='true'] {
        background: var(--_accent-soft);
      }
      .option.apart {
        border-top: 1px solid var(--_line);
      }
      :focus-visible .option.active {
        outline: 2px solid var(--_accent);
        outline-offset: -2px;
      }
      [aria-disabled='true'] .option {
        color: var(--_muted);
        cursor: not-allowed;
      }
      .mark {
        width: 16px;
        height: 16px;
        border: 1px solid var(--_edge);
        border-radius: 50%;
      }
      [aria-selected='true'] .mark {
        border: 5px solid var(--_accent);
      }
      .name {
        justify-self: start;
        max-width: 100%;
      }
      .words {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        line-height: calc(18 / 14);
      }
      /* The first detail gives way to the others. */
      .details {
        display: flex;
        gap: var(--_2);
      }
      .details > :not(:first-child) {
        flex: none;
        max-width: 60%;
      }
      [aria-selected='true'] .name {
        font-weight: 600;
      }
      @media (forced-colors: active) {
        [aria-selected='true'] .mark {
          border-color: Highlight;
        }
      }
    `,
  ];
  /** The accessible name. */
  declare label: string;
  declare options: readonly ComboboxOption[];
  declare value: string | undefined;
  declare disabled: boolean;
  declare protected _active: number;
  #typed = { text: '', at: 0 };

  constructor() {
    super();
    this.label = '';
    this.options = [];
    this.disabled = false;
    this._active = -1;
  }

  override focus(options?: FocusOptions): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('[role=listbox]')?.focus(options));
  }

  protected override willUpdate(): void {
    this._active = Math.min(this._active, this.options.length - 1);
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('_active'))
      this.renderRoot.querySelector<HTMLElement>('.active')?.scrollIntoView({ block: 'nearest' });
  }

  protected override render() {
    const active = this._active >= 0 ? `option-${this._active}` : nothing;
    return html`
      <div
        role="listbox"
        tabindex="0"
        aria-label=${this.label}
        aria-disabled=${this.disabled ? 'true' : nothing}
        aria-activedescendant=${active}
        @keydown=${this.#onKeydown}
        @focus=${this.#onFocus}
      >
        ${this.options.map((option, at) => this.#renderOption(option, at))}
      </div>
    `;
  }

  #renderOption({ value, label, details = [], action }: ComboboxOption, at: number) {
    return html`<div
      class="option ${at === this._active ? 'active' : ''} ${action && at > 0 ? 'apart' : ''}"
      role="option"
      id="option-${at}"
      data-value=${value}
      aria-selected=${value === this.value ? 'true' : 'false'}
      title=${[label, ...details].join('\n')}
      @click=${() => this.#choose(at)}
    >
      <span class="mark"></span>
      <span class="words">
        <span class="cut name" dir="auto">${label}</span>
        ${
          details.length > 0
            ? html`<span class="details small digits">
                ${details.map((detail) => html`<span class="cut" dir="auto">${detail}</span>`)}
              </span>`
            : nothing
        }
      </span>
    </div>`;
  }

  #onFocus = (): void => {
    if (this._active < 0) this._active = Math.max(0, this.#at(this.value));
  };

  #at(value: string | undefined): number {
    return this.options.findIndex((option) => option.value === value);
  }

  #choose(at: number): void {
    const option = this.options[at];
    if (!option || this.disabled) return;
    this._active = at;
    this.dispatchEvent(new ComboboxEvent('choose', option.value));
  }

  #onKeydown(event: KeyboardEvent): void {
    const { key, altKey, ctrlKey, metaKey } = event;
    if (altKey || ctrlKey || metaKey) return;
    const last = this.options.length - 1;
    const point = (at: number) => () => void (this._active = Math.min(last, Math.max(0, at)));
    const moves: Partial<Record<string, () => void>> = {
      ArrowDown: point(this._active + 1),
      ArrowUp: point(this._active - 1),
      Home: point(0),
      End: point(last),
      Enter: () => this.#choose(this._active),
      ' ': () => this.#choose(this._active),
    };
    const move = own(moves, key);
    if (!move && key.length !== 1) return;
    event.preventDefault();
    event.stopPropagation();
    if (move) move();
    else this.#jump(key.toLocaleLowerCase(), event.timeStamp);
  }

  /** Typed letters point to the next option that begins with them. */
  #jump(letter: string, at: number): void {
    const text = at - this.#typed.at < typedTogether ? this.#typed.text + letter : letter;
    this.#typed = { text, at };
    const from = text.length > 1 ? this._active : this._active + 1;
    const turned = [...this.options.slice(from), ...this.options.slice(0, from)];
    const found = turned.find(({ label }) => label.toLocaleLowerCase().startsWith(text));
    if (found) this._active = this.options.indexOf(found);
  }
}
