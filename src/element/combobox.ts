// The keys of an option go to its combobox, which has the focus.
/* eslint-disable lit-a11y/click-events-have-key-events */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { baseStyles } from './base-styles.js';
import { comboboxStyles } from './combobox-styles.js';
import { icons } from './icons.js';
import { listWindow } from './list-window.js';
import { placeBeside } from './place-beside.js';

/** An option: a name, what tells it from others, and a short mark. */
export interface ComboboxOption {
  value: string;
  label: string;
  /** Under the label. */
  details?: readonly string[];
  /** Beside the label, as a small badge. */
  badge?: string;
  /** Stands before the label: `#4711`. */
  prefix?: string;
  disabled?: boolean;
  /** Set apart by a rule: an action, not an item. */
  action?: boolean;
}

/** `choose`: a person chose an option. `search`: they typed. `more`: the end of the list is near. */
export class ComboboxEvent extends Event {
  readonly value: string;

  constructor(type: 'choose' | 'search' | 'more', value = '') {
    super(type);
    this.value = value;
  }
}

const blank = () => html`<div class="bone"></div>`;

/**
 * A field with a list to choose from: select-only, or with a search box. Long lists keep a window of rows in the
 * document. Follows the ARIA combobox pattern.
 */
export class Combobox extends LitElement {
  static override styles = [baseStyles, comboboxStyles];
  static override properties = {
    label: {},
    options: { attribute: false },
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
    loadingText: {},
    hideLabel: { type: Boolean },
    wide: { type: Boolean },
    shown: { attribute: false },
    _open: { state: true },
    _active: { state: true },
    _typed: { state: true },
    _scroll: { state: true },
  };

  declare label: string;
  declare options: readonly ComboboxOption[];
  declare value: string | undefined;
  declare placeholder: string;
  /** Typing searches: the page answers `search` with other options. */
  declare searchable: boolean;
  declare disabled: boolean;
  /** Text that cannot be changed. */
  declare fixed: boolean;
  declare loading: boolean;
  declare hasMore: boolean;
  declare error: string;
  /** Said with the field: what stands beside it. */
  declare description: string;
  declare emptyText: string;
  declare loadingText: string;
  declare hideLabel: boolean;
  /** The list is as wide as the panel. */
  declare wide: boolean;
  /** What the closed field shows, where that is not the option itself. */
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
    this.error = this.description = this.emptyText = this.loadingText = '';
    this._open = false;
    this._active = -1;
    this._typed = '';
    this._scroll = 0;
  }

  /** The control may be about to be enabled: it takes the focus when it is drawn. */
  override focus(options?: FocusOptions): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('[role=combobox]')?.focus(options));
  }

  protected override updated(changed: PropertyValues<this>): void {
    const list = this.#list;
    if (!list) return;
    if (!list.matches(':popover-open')) list.showPopover();
    placeBeside(list, this.renderRoot.querySelector('.control')!, this, this.wide);
    if (changed.has('_open' as never) || changed.has('_active' as never)) this.#reveal(list);
    // Rows are of one height; the active one may be taller.
    const row = list.querySelector<HTMLElement>('.option:not(.active, .set-apart)');
    if (row && row.offsetHeight !== this.#rowHeight) {
      this.#rowHeight = row.offsetHeight;
      if (this.options.length > 40) this.requestUpdate();
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this._open = false;
  }

  get #list(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.list');
  }

  get #selected(): ComboboxOption | undefined {
    return this.shown ?? this.options.find(({ value }) => value === this.value);
  }

  #reveal(list: HTMLElement): void {
    if (this._active < 0) return;
    const row = list.querySelector<HTMLElement>('.option.active');
    if (row) row.scrollIntoView({ block: 'nearest' });
    else list.scrollTop = this._active * this.#rowHeight;
  }

  #show(active = this.options.findIndex(({ value }) => value === this.value)): void {
    if (this.disabled) return;
    this._active = active >= 0 ? active : this.#next(-1, 1);
    this._scroll = 0;
    this._open = true;
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

  /** The next option that can be chosen. */
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
      ArrowDown: () => (open ? (this._active = this.#next(this._active, 1)) : this.#show()),
      ArrowUp: () => (open ? (altKey ? this.#hide() : (this._active = this.#next(this._active, -1))) : this.#show()),
      ...(open && {
        PageDown: () => (this._active = this.#next(Math.min(last, this._active + 8) - 1, 1)),
        PageUp: () => (this._active = this.#next(Math.max(0, this._active - 8) + 1, -1)),
        Enter: () => this.#choose(this.options[this._active]),
        Escape: () => this.#hide(),
      }),
      ...(open &&
        !this.searchable && {
          Home: () => (this._active = this.#next(-1, 1)),
          End: () => (this._active = this.#next(last + 1, -1)),
          ' ': () => this.#choose(this.options[this._active]),
        }),
    };
    const move = moves[key];
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

  /** Typing on a list without a search box goes to what begins so. */
  #jump(key: string, at: number): void {
    const text = (at - this.#typeAhead.at < 800 ? this.#typeAhead.text : '') + key.toLocaleLowerCase();
    this.#typeAhead = { text, at };
    const found = this.options.findIndex(
      ({ label, prefix = '', disabled }) =>
        !disabled && [label, `${prefix}`, prefix.slice(1)].some((word) => word.toLocaleLowerCase().startsWith(text)),
    );
    if (found < 0) return;
    if (this._open) this._active = found;
    else this.#show(found);
  }

  #onInput(event: InputEvent): void {
    this._typed = (event.target as HTMLInputElement).value;
    this._active = 0;
    this._open = true;
    this.dispatchEvent(new ComboboxEvent('search', this._typed));
  }

  #onScroll(event: Event): void {
    const { scrollTop, clientHeight, scrollHeight } = event.target as HTMLElement;
    if (this.options.length > 40) this._scroll = scrollTop;
    if (this.hasMore && scrollTop + clientHeight > scrollHeight - 10 * this.#rowHeight)
      this.dispatchEvent(new ComboboxEvent('more'));
  }

  protected override render(): TemplateResult {
    return html`
      <div class="field">
        <span class=${this.hideLabel ? 'visually-hidden' : 'label'} id="label">${this.label}</span>
        ${this.fixed ? this.#renderFixed() : this.#renderControl()}
        ${this.description ? html`<span id="description" hidden>${this.description}</span>` : nothing}
        ${this.error ? html`<span class="error small" id="error">${this.error}</span>` : nothing}
      </div>
      ${this._open ? this.#renderList() : nothing}
    `;
  }

  #renderFixed(): TemplateResult {
    const selected = this.#selected;
    return html`
      <div class="fixed" role="group" aria-labelledby="label" data-value=${selected?.value ?? nothing}>
        <span class="value" title=${selected?.label ?? ''}>${this.#renderValue(selected)}</span>
        <slot name="action"></slot>
      </div>
    `;
  }

  #renderControl(): TemplateResult {
    const expanded = String(this._open) as 'true' | 'false';
    const active = this._open && this._active >= 0 ? `option-${this._active}` : nothing;
    const selected = this.#selected;
    const described = [this.error && 'error', this.description && 'description'].filter(Boolean).join(' ') || nothing;
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
                aria-controls=${this._open ? 'list' : nothing}
                aria-activedescendant=${active}
                aria-describedby=${described}
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
                aria-controls=${this._open ? 'list' : nothing}
                aria-activedescendant=${active}
                aria-describedby=${described}
                aria-invalid=${invalid}
                data-value=${selected?.value ?? nothing}
                title=${selected?.label ?? nothing}
                ?disabled=${this.disabled}
                @keydown=${this.#onKeydown}
                @click=${() => (this._open ? this.#hide() : this.#show())}
                @blur=${this.#hide}
              >
                <span class="value">${this.#renderValue(selected)}</span>
              </button>`
        }
        <span class="arrow">${icons.down}</span>
      </div>
    `;
  }

  #renderValue(selected: ComboboxOption | undefined): unknown {
    if (!selected) return html`<span class="placeholder cut">${this.placeholder}</span>`;
    const { prefix, badge, label } = selected;
    return html`
      ${prefix ? html`<span class="digits">${prefix}</span>` : nothing}
      ${badge ? html`<span class="badge">${badge}</span>` : nothing}
      <span class="cut">${label}</span>
    `;
  }

  #renderList(): TemplateResult {
    const { from, to, above, below } = listWindow(this.options.length, this.#rowHeight, this._scroll);
    return html`
      <div
        class="list"
        id="list"
        role="listbox"
        popover="manual"
        aria-labelledby="label"
        aria-busy=${String(this.loading) as 'true' | 'false'}
        @mousedown=${(event: Event) => event.preventDefault()}
        @scroll=${this.#onScroll}
      >
        ${
          this.loading
            ? html`<div class="note small" role="presentation">${this.loadingText}</div>
                ${[0, 1, 2].map(blank)}`
            : nothing
        }
        ${above ? html`<div role="presentation" data-height=${above}></div>` : nothing}
        ${this.loading ? nothing : this.options.slice(from, to).map((option, at) => this.#renderOption(option, from + at))}
        ${below ? html`<div role="presentation" data-height=${below}></div>` : nothing}
        ${
          !this.loading && this.emptyText && !this.options.some(({ action }) => !action)
            ? html`<div class="note small" role="presentation">${this.emptyText}</div>`
            : nothing
        }
      </div>
    `;
  }

  #renderOption(option: ComboboxOption, at: number): TemplateResult {
    const { value, label, details = [], badge, prefix, disabled, action } = option;
    const selected = value === this.value;
    const apart = action && at > 0 && !this.options[at - 1]!.action;
    return html`
      <div
        class="option ${at === this._active ? 'active' : ''} ${apart ? 'set-apart' : ''}"
        role="option"
        id="option-${at}"
        data-value=${value}
        aria-selected=${String(selected) as 'true' | 'false'}
        aria-disabled=${disabled ? 'true' : nothing}
        aria-setsize=${this.hasMore ? -1 : this.options.length}
        aria-posinset=${at + 1}
        title=${label}
        @click=${() => this.#choose(option)}
        @mousemove=${() => {
          if (!disabled) this._active = at;
        }}
      >
        <div class="lines">
          <div class="head">
            ${prefix ? html`<span class="digits">${prefix}</span>` : nothing}
            ${badge ? html`<span class="badge">${badge}</span>` : nothing}
            <span class="cut">${label}</span>
          </div>
          ${details.map((detail) => html`<div class="small cut digits">${detail}</div>`)}
        </div>
        ${selected ? icons.check : nothing}
      </div>
    `;
  }
}
