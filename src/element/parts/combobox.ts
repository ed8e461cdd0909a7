import { own } from '../../domain/own.js';
// ARIA 1.3 allows `aria-description` on every role.
/* eslint-disable lit-a11y/role-supports-aria-attr */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { baseStyles } from '../styles/base-styles.js';
import { comboboxStyles } from './combobox-styles.js';
import { ComboboxEvent, comboboxRow, comboboxValue, type ComboboxOption } from './combobox-option.js';
import { icons } from './icons.js';
import { listWindow, windowSize, type ListWindow } from '../screens/lists/list-window.js';
import { placeBeside } from './place-beside.js';

/** Lists that are made anew for each rendering have at most so many options. Longer lists are kept by who makes them. */
const shortList = 20;

/** Whether options, or an option, show something else than before. */
const differs = (now: unknown, before: unknown): boolean =>
  now !== before && ((Array.isArray(now) && now.length > shortList) || JSON.stringify(now) !== JSON.stringify(before));

const blank = () => html`<div class="bone"></div>`;

/**
 * A field with a list to choose from, with or without a search box. Only a window of a long list's rows is in the
 * document. Follows the ARIA combobox pattern.
 */
export class Combobox extends LitElement {
  static override styles = [baseStyles, comboboxStyles];
  static override properties = {
    label: {},
    options: { attribute: false, hasChanged: differs },
    value: {},
    placeholder: {},
    searchable: { type: Boolean },
    disabled: { type: Boolean },
    fixed: { type: Boolean },
    loading: { type: Boolean },
    hasMore: { type: Boolean },
    error: {},
    description: {},
    emptyText: {},
    failedText: {},
    retryText: {},
    loadingText: {},
    hideLabel: { type: Boolean },
    wide: { type: Boolean },
    compact: { type: Boolean, reflect: true },
    shown: { attribute: false, hasChanged: differs },
    _open: { state: true },
    _active: { state: true },
    _typed: { state: true },
    _scroll: { state: true },
  };

  declare label: string;
  declare options: readonly ComboboxOption[];
  declare value: string | undefined;
  declare placeholder: string;
  /** Shows a search box. The page answers `search` events with new options. */
  declare searchable: boolean;
  declare disabled: boolean;
  /** Shows the value as text that cannot be changed. */
  declare fixed: boolean;
  declare loading: boolean;
  declare hasMore: boolean;
  declare error: string;
  /** The accessible description: the text beside the field. */
  declare description: string;
  declare emptyText: string;
  /** Why the options failed to load. Shown with a button that fires `retry`. */
  declare failedText: string;
  declare retryText: string;
  declare loadingText: string;
  declare hideLabel: boolean;
  /** Makes the list as wide as the panel. */
  declare wide: boolean;
  /** Shows no value, only the arrow. */
  declare compact: boolean;
  /** The option that the closed field shows, if it differs from the chosen one. */
  declare shown: ComboboxOption | undefined;
  declare protected _open: boolean;
  declare protected _active: number;
  declare protected _typed: string;
  declare protected _scroll: number;
  #rowHeight = 0;
  #typeAhead = { text: '', at: 0 };

  constructor() {
    super();
    this.label = '';
    this.options = [];
    this.placeholder = '';
    this.searchable = this.disabled = this.fixed = this.loading = this.hasMore = this.hideLabel = this.wide = false;
    this.compact = false;
    this.error = this.description = this.emptyText = this.loadingText = this.failedText = this.retryText = '';
    this._open = false;
    this._active = -1;
    this._typed = '';
    this._scroll = 0;
  }

  /** Focuses the control after the next render, which may enable it. */
  override focus(options?: FocusOptions): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('[role=combobox]')?.focus(options));
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // The first of new search results becomes active.
    if (this._open && changed.has('options') && this._typed !== '') this._active = this.#first();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const list = this.#list;
    if (!list) return;
    if (!list.matches(':popover-open')) list.showPopover();
    placeBeside(list, this.renderRoot.querySelector('.control')!, this, this.wide);
    // All rows have the same height, except the active one, which may be taller and is not measured.
    const row = list.querySelector<HTMLElement>('.option:not(.active, .set-apart)');
    const measured = row !== null && row.offsetHeight !== this.#rowHeight;
    if (measured) this.#rowHeight = row.offsetHeight;
    if (measured && this.options.length > windowSize) {
      this._scroll = this.#scrollTo(this._active);
      void this.updateComplete.then(() => {
        this.#scrollOptions();
        this.#reveal(list);
      });
    } else if (changed.has('_open' as never) || changed.has('_active' as never)) this.#reveal(list);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this._open = false;
  }

  get #list(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.list');
  }

  get #scroller(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('#options');
  }

  get #selected(): ComboboxOption | undefined {
    return this.shown ?? this.options.find(({ value }) => value === this.value);
  }

  #reveal(list: HTMLElement): void {
    list.querySelector<HTMLElement>('.option.active')?.scrollIntoView({ block: 'nearest' });
  }

  #scrollOptions(): void {
    const scroller = this.#scroller;
    if (scroller) scroller.scrollTop = this._scroll;
  }

  /** The scroll position that shows a row of a long list slightly below the top. */
  #scrollTo(at: number): number {
    return Math.max(0, (at - 3) * this.#rowHeight);
  }

  #window(): ListWindow {
    const known = listWindow(this.options.length, this.#rowHeight, this._scroll);
    // Until a row is measured, the window has the rows around the active one.
    const from = Math.max(0, Math.min(this._active - 10, this.options.length - windowSize));
    return this.#rowHeight > 0 ? known : { ...known, from, to: Math.min(this.options.length, from + windowSize) };
  }

  #show(active = this.options.findIndex(({ value }) => value === this.value)): void {
    if (this.disabled) return;
    this._active = active >= 0 ? active : this.#first();
    this._scroll = this.#scrollTo(this._active);
    this._open = true;
  }

  /** Makes a row active, renders it and scrolls to it. */
  #activate(at: number): void {
    const { from, to } = this.#window();
    if (at < from || at >= to) {
      this._scroll = this.#scrollTo(at);
      void this.updateComplete.then(() => this.#scrollOptions());
    }
    this._active = at;
  }

  /** The first item that can be chosen. An action is never active initially. */
  #first(): number {
    return this.options.findIndex(({ disabled, action }) => !disabled && !action);
  }

  #hide(): void {
    if (!this._open) return;
    this._open = false;
    this._typed = '';
    if (this.searchable) this.dispatchEvent(new ComboboxEvent('search', ''));
  }

  #choose(option: ComboboxOption | undefined): void {
    if (!option || option.disabled) return;
    this._open = false;
    this._typed = '';
    this.dispatchEvent(new ComboboxEvent('choose', option.value));
  }

  /** The next option in a direction that can be chosen. */
  #next(from: number, step: number): number {
    for (let at = from + step; at >= 0 && at < this.options.length; at += step)
      if (!this.options[at]!.disabled) return at;
    return from;
  }

  #onKeydown(event: KeyboardEvent): void {
    const { key, altKey, ctrlKey, metaKey } = event;
    if (ctrlKey || metaKey) return;
    const last = this.options.length - 1;
    const open = this._open;
    const moves: Partial<Record<string, () => void>> = {
      ArrowDown: () => (open ? this.#activate(this.#next(this._active, 1)) : this.#show()),
      ArrowUp: () => (open ? (altKey ? this.#hide() : this.#activate(this.#next(this._active, -1))) : this.#show()),
      ...(open && {
        PageDown: () => this.#activate(this.#next(Math.min(last, this._active + 8) - 1, 1)),
        PageUp: () => this.#activate(this.#next(Math.max(0, this._active - 8) + 1, -1)),
        Enter: () => this.#choose(this.options[this._active]),
        Escape: () => this.#hide(),
      }),
      ...(open &&
        !this.searchable && {
          Home: () => this.#activate(this.#next(-1, 1)),
          End: () => this.#activate(this.#next(last + 1, -1)),
          ' ': () => this.#choose(this.options[this._active]),
        }),
    };
    const move = own(moves, key);
    if (key === 'Tab' && open) return this.#hide();
    if (!move) {
      if (!this.searchable && key.length === 1 && key !== ' ') this.#jump(key, event.timeStamp);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    move();
    if (this.hasMore && this._active > last - 10) this.dispatchEvent(new ComboboxEvent('more'));
  }

  /** Type-ahead: in a list without a search box, typed letters jump to the option that begins with them. */
  #jump(key: string, at: number): void {
    const text = (at - this.#typeAhead.at < 800 ? this.#typeAhead.text : '') + key.toLocaleLowerCase();
    this.#typeAhead = { text, at };
    const found = this.options.findIndex(
      ({ label, prefix = '', disabled }) =>
        !disabled && [label, `${prefix}`, prefix.slice(1)].some((word) => word.toLocaleLowerCase().startsWith(text)),
    );
    if (found < 0) return;
    if (this._open) this.#activate(found);
    else this.#show(found);
  }

  #onInput(event: InputEvent): void {
    this._typed = (event.target as HTMLInputElement).value;
    this._active = this.#first();
    this._open = true;
    this.dispatchEvent(new ComboboxEvent('search', this._typed));
  }

  #onScroll(event: Event): void {
    const { scrollTop, clientHeight, scrollHeight } = event.target as HTMLElement;
    if (this.options.length > windowSize) this._scroll = scrollTop;
    if (this.hasMore && scrollTop + clientHeight > scrollHeight - 10 * this.#rowHeight)
      this.dispatchEvent(new ComboboxEvent('more'));
  }

  protected override render(): TemplateResult {
    return html`
      <div class="field">
        <div class="label-row">
          <span class=${this.hideLabel ? 'visually-hidden' : 'label'} id="label">${this.label}</span>
          <slot name="action"></slot>
        </div>
        ${this.fixed ? this.#renderFixed() : this.#renderControl()}
        ${this.error ? html`<span class="error small" id="error">${this.error}</span>` : nothing}
      </div>
      ${this._open ? this.#renderList() : nothing}
    `;
  }

  #renderFixed(): TemplateResult {
    const selected = this.#selected;
    return html`
      <div class="fixed" role="group" aria-labelledby="label" data-value=${selected?.value ?? nothing}>
        <span class="value" title=${selected?.label ?? ''}>${comboboxValue(selected, this.placeholder)}</span>
      </div>
    `;
  }

  #renderControl(): TemplateResult {
    const lists = this._open && !this.loading && this.options.length > 0;
    const expanded = String(lists) as 'true' | 'false';
    const { from, to } = this.#window();
    const active = lists && this._active >= from && this._active < to ? `option-${this._active}` : nothing;
    const selected = this.#selected;
    const described = this.error ? 'error' : nothing;
    const invalid = this.error ? 'true' : nothing;
    return html`
      <div class="control">
        ${
          this.searchable
            ? html`<input
                class="input cut"
                role="combobox"
                autocomplete="off"
                spellcheck="false"
                aria-labelledby="label"
                aria-autocomplete="list"
                aria-haspopup="listbox"
                aria-expanded=${expanded}
                aria-controls=${lists ? 'options' : nothing}
                aria-activedescendant=${active}
                aria-describedby=${described}
                aria-description=${this.description || nothing}
                aria-invalid=${invalid}
                title=${(!this.hideLabel && selected?.label) || nothing}
                placeholder=${this.placeholder}
                ?disabled=${this.disabled}
                .value=${this._open ? this._typed : (selected?.label ?? '')}
                @input=${this.#onInput}
                @keydown=${this.#onKeydown}
                @click=${() => this.#show()}
                @focus=${(event: FocusEvent) => (event.target as HTMLInputElement).select()}
                @blur=${this.#hide}
              />`
            : html`<button
                class="input"
                type="button"
                role="combobox"
                aria-labelledby="label"
                aria-haspopup="listbox"
                aria-expanded=${expanded}
                aria-controls=${lists ? 'options' : nothing}
                aria-activedescendant=${active}
                aria-describedby=${described}
                aria-description=${this.description || nothing}
                aria-invalid=${invalid}
                data-value=${selected?.value ?? nothing}
                title=${selected?.label ?? nothing}
                ?disabled=${this.disabled}
                @keydown=${this.#onKeydown}
                @click=${() => (this._open ? this.#hide() : this.#show())}
                @blur=${this.#hide}
              >
                <span class="value">${comboboxValue(selected, this.placeholder)}</span>
              </button>`
        }
        <span class="arrow">${icons.down}</span>
      </div>
    `;
  }

  #renderList(): TemplateResult {
    const { from, to, above, below } = this.#window();
    const nothingFound = !this.options.some(({ action }) => !action);
    const status = this.loading ? this.loadingText : nothingFound && !this.failedText ? this.emptyText : '';
    return html`
      <div class="list" id="list" popover="manual" @mousedown=${(event: Event) => event.preventDefault()}>
        ${status ? html`<div class="note small" role="status">${status}</div>` : nothing}
        ${this.failedText && !this.loading ? this.#renderFailure() : nothing}
        ${this.loading ? [0, 1, 2].map(blank) : nothing}
        ${
          this.loading || this.options.length === 0
            ? nothing
            : html`<div id="options" role="listbox" aria-labelledby="label" @scroll=${this.#onScroll}>
                ${above ? html`<div role="presentation" data-height=${above}></div>` : nothing}
                ${this.options.slice(from, to).map((option, row) => {
                  const at = from + row;
                  return comboboxRow(option, {
                    at,
                    count: this.hasMore ? -1 : this.options.length,
                    active: at === this._active,
                    selected: option.value === this.value,
                    apart: option.action === true && at > 0 && !this.options[at - 1]!.action,
                    choose: () => this.#choose(option),
                    point: () => (this._active = at),
                  });
                })}
                ${below ? html`<div role="presentation" data-height=${below}></div>` : nothing}
              </div>`
        }
      </div>
    `;
  }

  #renderFailure(): TemplateResult {
    return html`<div class="note small">
      <span class="error">${this.failedText}</span>
      <button type="button" class="button quiet" @click=${() => this.dispatchEvent(new ComboboxEvent('retry'))}>
        ${this.retryText}
      </button>
    </div>`;
  }
}
