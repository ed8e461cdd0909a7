import { own } from '../../domain/own.js';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { screenStyles } from '../styles/screen-styles.js';
import type { ComboboxEvent, ComboboxOption } from '../parts/combobox-option.js';
import { callIcons } from '../parts/call-icons.js';
import { icons } from '../parts/icons.js';
import { editorStyles } from './editor-styles.js';
import { controlStyles } from './styles.js';
import type { SettingsMessageKey, SettingsWords } from './words.js';

/** The words of a table: its columns and buttons. */
export interface PairsLabels {
  key: SettingsMessageKey;
  value: SettingsMessageKey;
  add: SettingsMessageKey;
  remove: SettingsMessageKey;
  empty: SettingsMessageKey;
}

/** The table has changed. It is invalid if a name occurs twice or a value has no name. */
export class PairsEvent extends Event {
  readonly value: Readonly<Record<string, string>>;
  readonly valid: boolean;

  constructor(value: Readonly<Record<string, string>>, valid: boolean) {
    super('pairs-change');
    this.value = value;
    this.valid = valid;
  }
}

interface Pair {
  key: string;
  value: string;
}

// These names are unsafe as keys of a plain object.
const reserved = /^(?:__proto__|constructor|prototype)$/;

/** Rows of a name and a value, for `ticketEntry.teams` (without a CRM's list) and `tickets.customDataFields`. */
export class PairsEditor extends LitElement {
  static override styles = [screenStyles, controlStyles, editorStyles];
  static override properties = {
    words: { attribute: false },
    value: { attribute: false },
    labels: { attribute: false },
    options: { attribute: false },
    refusals: { attribute: false },
    fallback: {},
    disabled: { type: Boolean },
    _pairs: { state: true },
  };

  declare words: SettingsWords;
  declare value: unknown;
  declare labels: PairsLabels;
  /** The values to choose from. Without them, an administrator types values. */
  declare options: readonly ComboboxOption[] | undefined;
  /** The messages about refused rows, by name. */
  declare refusals: Readonly<Record<string, string>>;
  /** The value of a new row. */
  declare fallback: string;
  declare disabled: boolean;
  declare protected _pairs: readonly Pair[];
  #sent: unknown;

  constructor() {
    super();
    this.refusals = {};
    this.fallback = '';
    this.disabled = false;
    this._pairs = [];
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"], [data-refused], input')?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // The page sets the value that this editor has sent. It is ignored, so that incomplete rows stay.
    if (!changed.has('value') || (this.value === this.#sent && this.hasUpdated)) return;
    const table = typeof this.value === 'object' && this.value !== null ? this.value : {};
    this._pairs = Object.entries(table).map(([key, value]) => ({ key, value: String(value) }));
  }

  #update(pairs: readonly Pair[]): void {
    this._pairs = pairs;
    const written = pairs.filter((pair) => !this.#blank(pair));
    const valid = written.every((_, at) => this.#keyRefusal(written, at) === '');
    this.#sent = Object.fromEntries(
      written.filter(({ key }) => key.trim()).map(({ key, value }) => [key.trim(), value]),
    );
    this.dispatchEvent(new PairsEvent(this.#sent as Record<string, string>, valid));
  }

  #change(at: number, change: Partial<Pair>): void {
    this.#update(this._pairs.map((pair, index) => (index === at ? { ...pair, ...change } : pair)));
  }

  #blank = ({ key, value }: Pair): boolean => key.trim() === '' && (value === '' || value === this.fallback);

  #keyRefusal(pairs: readonly Pair[], at: number): string {
    const { text } = this.words;
    const pair = pairs[at]!;
    const key = pair.key.trim();
    if (this.#blank(pair)) return '';
    if (key === '') return text('refusal.key.missing');
    if (reserved.test(key)) return text('refusal.key.reserved', { value: key });
    const first = pairs.findIndex((other) => other.key.trim() === key);
    return first < at ? text('refusal.key.repeated', { value: key }) : '';
  }

  async #add(): Promise<void> {
    this._pairs = [...this._pairs, { key: '', value: this.fallback }];
    await this.updateComplete;
    [...this.renderRoot.querySelectorAll<HTMLElement>('.pair input[data-key]')].at(-1)?.focus();
  }

  async #remove(at: number): Promise<void> {
    this.#update(this._pairs.filter((_, index) => index !== at));
    await this.updateComplete;
    const left = this.renderRoot.querySelectorAll<HTMLElement>('.remove');
    (left[Math.min(at, left.length - 1)] ?? this.renderRoot.querySelector<HTMLElement>('.add'))?.focus();
  }

  #renderPair(pair: Pair, at: number): TemplateResult {
    const { words, labels, disabled } = this;
    const keyRefusal = this.#keyRefusal(this._pairs, at);
    const refusal = (!keyRefusal && own(this.refusals, pair.key.trim())) || '';
    const option = this.options?.find(({ value }) => value === pair.value);
    const unlisted = pair.value
      ? { value: pair.value, label: words.text('fields.gone', { id: pair.value }) }
      : undefined;
    const name = pair.key.trim() || words.text(labels.key).toLocaleLowerCase(words.locale);
    return html`
      <li class="pair">
        <div class="cells">
          <div class="cell">
            <label class="label" for="key-${at}">${words.text(labels.key)}</label>
            <input
              class="input"
              id="key-${at}"
              data-key
              autocomplete="off"
              spellcheck="false"
              .value=${live(pair.key)}
              ?disabled=${disabled}
              aria-invalid=${keyRefusal ? 'true' : nothing}
              aria-describedby=${keyRefusal ? `key-${at}-error` : nothing}
              @input=${(event: Event) => this.#change(at, { key: (event.target as HTMLInputElement).value })}
            />
            ${keyRefusal ? html`<span class="error" id="key-${at}-error" role="alert">${keyRefusal}</span>` : nothing}
          </div>
          <div class="cell">${this.#renderValue(pair, at, refusal, option ?? unlisted)}</div>
        </div>
        <button
          class="button quiet icon-only remove"
          type="button"
          aria-label=${words.text(labels.remove, { name })}
          title=${words.text(labels.remove, { name })}
          ?disabled=${disabled}
          @click=${() => this.#remove(at)}
        >
          ${icons.close}
        </button>
      </li>
    `;
  }

  #renderValue({ value }: Pair, at: number, refusal: string, shown: ComboboxOption | undefined): TemplateResult {
    const { words, labels, options, disabled } = this;
    if (options)
      return html`<ccai-combobox
        .label=${words.text(labels.value)}
        .options=${options}
        .value=${value}
        .shown=${shown}
        .placeholder=${words.text('fields.search')}
        .emptyText=${words.text('fields.none')}
        .disabled=${disabled}
        .error=${refusal}
        ?data-refused=${refusal !== ''}
        @choose=${(event: ComboboxEvent) => this.#change(at, { value: event.value })}
      ></ccai-combobox>`;
    return html`<label class="label" for="value-${at}">${words.text(labels.value)}</label>
      <input
        class="input"
        id="value-${at}"
        autocomplete="off"
        spellcheck="false"
        .value=${live(value)}
        ?disabled=${disabled}
        aria-invalid=${refusal ? 'true' : nothing}
        aria-describedby=${refusal ? `value-${at}-error` : nothing}
        @input=${(event: Event) => this.#change(at, { value: (event.target as HTMLInputElement).value })}
      />
      ${refusal ? html`<span class="error" id="value-${at}-error" role="alert">${refusal}</span>` : nothing}`;
  }

  protected override render(): TemplateResult {
    const { words, labels, disabled } = this;
    return html`
      ${
        this._pairs.length > 0
          ? html`<ul class="list">
              ${this._pairs.map((pair, at) => this.#renderPair(pair, at))}
            </ul>`
          : html`<p class="small">${words.text(labels.empty)}</p>`
      }
      <button class="button quiet add" type="button" ?disabled=${disabled} @click=${this.#add}>
        ${callIcons.plus}${words.text(labels.add)}
      </button>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ccai-settings-pairs': PairsEditor;
  }
}
