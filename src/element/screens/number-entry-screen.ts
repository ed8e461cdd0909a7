import { countryName } from '../formats.js';
import { css, html, nothing } from 'lit';
import { phoneNumbers } from '../../domain/phone-loader.js';
import { numberEntryView } from '../../machine/outbound/form-view.js';
import { screenStyles, screenFrameStyles } from '../styles/screen-styles.js';
import type { ComboboxEvent, ComboboxOption } from '../parts/combobox-option.js';
import { callIcons } from '../parts/call-icons.js';
import { PanelScreen } from './panel-screen.js';
import { readingText } from '../reading-text.js';

const keys: readonly [key: string, letters: string][] = [
  ['1', ''],
  ['2', 'ABC'],
  ['3', 'DEF'],
  ['4', 'GHI'],
  ['5', 'JKL'],
  ['6', 'MNO'],
  ['7', 'PQRS'],
  ['8', 'TUV'],
  ['9', 'WXYZ'],
  ['+', ''],
  ['0', ''],
  ['#', ''],
];

const normalized = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const notFound = 4;
interface Country {
  country: string;
  callingCode: string;
  name: string;
}

/** Ranks a country for a search text, 0 best: its code, the beginning of its name, of a word, any part of its name. */
function rankOf({ country, callingCode, name }: Country, wanted: string): number {
  const normalizedName = normalized(name);
  if (wanted === '' || country.toLowerCase() === wanted || callingCode === wanted) return 0;
  if (normalizedName.startsWith(wanted)) return 1;
  if (normalizedName.split(/[\s-]/).some((word) => word.startsWith(wanted)) || callingCode.startsWith(wanted)) return 2;
  return normalizedName.includes(wanted) ? 3 : notFound;
}

/** F4: number entry by typing, keypad and paste. It refuses text that is no number, but keeps it in the field. */
export class NumberEntryScreen extends PanelScreen {
  static override styles = [
    screenStyles,
    screenFrameStyles,
    css`
      .number {
        display: flex;
        flex-wrap: wrap;
        gap: var(--_1);
      }
      .country {
        flex: 1 0 6.25rem;
      }
      .entry {
        display: flex;
        flex: 100 1 10.25rem;
        gap: var(--_1);
      }
      .entry {
        position: relative;
      }
      .entry .input {
        flex: 1;
        min-height: 44px;
        padding-inline: var(--_2) 36px;
        font-size: 1.0625rem;
      }
      .entry .button {
        position: absolute;
        inset-block: 4px;
        inset-inline-end: 4px;
        min-height: 36px;
      }
      .says {
        min-height: 2.7em;
      }
      .warned {
        color: var(--_warn);
      }
      .keys {
        display: grid;
        grid-template-columns: repeat(3, 1fr);
        gap: var(--_1);
      }
      .key {
        flex-direction: column;
        gap: 0;
        min-height: 44px;
        padding: 0;
        font-size: var(--_large);
        line-height: 1.2;
        border-color: var(--_line);
      }
      /* The letters are only visible: the accessible name of a key is its digit. */
      .key[data-letters]::after {
        content: attr(data-letters);
        content: attr(data-letters) / '';
        font-size: 0.625rem;
        line-height: 1.1;
        letter-spacing: 0.08em;
        color: var(--_muted);
      }
    `,
  ];
  static override properties = { _search: { state: true } };
  declare protected _search: string;

  constructor() {
    super();
    this._search = '';
  }

  protected override render() {
    const { panel, text } = this;
    const { form, words } = panel;
    const { outbound } = panel.snapshot;
    if (!outbound) return nothing;
    const view = numberEntryView(outbound);
    const { reading, policy } = view;
    const refused = policy.action === 'refuse';
    const message = refused
      ? { text: text(`number.refused.${policy.reason}`), wrong: true }
      : readingText(words, reading, view.country);
    // A number that is still being typed is incomplete rather than wrong.
    const typing = reading.state === 'refused' && reading.problem === 'too-short';
    const hasFewDigits = typing && view.text.replace(/\D/g, '').length < 4;
    const next = (event: Event) => {
      event.preventDefault();
      form({ type: 'next' });
    };
    return html`
      ${this.top(text('number.title'), () => form({ type: 'back' }))}
      <form class="body" id="form" novalidate @submit=${next}>
        <div class="field">
          <label class="label" for="number">${text('number.label')}</label>
          <div class="number">
            <ccai-combobox
              class="country"
              searchable
              hideLabel
              wide
              .label=${text('number.country')}
              .options=${this.#countries()}
              .value=${view.country}
              .shown=${this.#country(view.country)}
              .emptyText=${text('number.country.none')}
              @search=${(event: ComboboxEvent) => (this._search = event.value)}
              @choose=${(event: ComboboxEvent) => form({ type: 'chooseCountry', country: event.value })}
            ></ccai-combobox>
            <span class="entry">
              <input
                class="input digits"
                id="number"
                type="tel"
                data-first
                autocomplete="off"
                enterkeyhint="next"
                dir="ltr"
                placeholder="(415) 123-4567"
                .value=${view.text}
                aria-invalid=${message.wrong && !typing ? 'true' : nothing}
                aria-describedby="says"
                @input=${(event: InputEvent) => form({ type: 'typeNumber', text: (event.target as HTMLInputElement).value })}
              />
              <button
                type="button"
                class="button icon-only"
                aria-label=${text('number.erase')}
                ?disabled=${view.text === ''}
                @click=${() => this.#type(view.text.slice(0, -1))}
              >
                ${callIcons.erase}
              </button>
            </span>
          </div>
          <div
            class="says small break ${message.wrong && !typing ? 'error' : 'warn' in message && message.warn ? 'warned' : ''}"
            id="says"
            role=${message.wrong && !typing ? 'alert' : 'status'}
          >
            ${hasFewDigits ? text('number.paste') : message.text || text('number.paste')}
          </div>
        </div>
        <div class="keys" role="group" aria-label=${text('number.keys')} dir="ltr">
          ${keys.map(
            ([key, letters]) => html`
              <button
                type="button"
                class="button key digits"
                data-letters=${letters || nothing}
                aria-label=${key === '+' ? text('number.plus') : nothing}
                @click=${() => this.#type(view.text + key)}
              >
                ${key}
              </button>
            `,
          )}
        </div>
      </form>
      <div class="footer">
        <div class="actions">
          ${this.button(text('action.cancel'), () => form({ type: 'cancel' }))}
          <button type="submit" form="form" class="button main" ?disabled=${!view.goesOn}>
            ${text('action.next')}
          </button>
        </div>
      </div>
    `;
  }

  #type(text: string): void {
    this.panel.form({ type: 'typeNumber', text });
  }

  #country(code: string): ComboboxOption {
    const found = phoneNumbers()
      .countries()
      .find(({ country }) => country === code);
    return { value: code, label: `${code} +${found?.callingCode ?? ''}` };
  }

  /** The countries that match the search by name, code or calling code, in the locale's order. */
  #countries(): readonly ComboboxOption[] {
    const { words } = this.panel;
    const wanted = normalized(this._search.trim()).replace(/^\+/, '');
    return phoneNumbers()
      .countries()
      .map(({ country, callingCode }) => ({ country, callingCode, name: countryName(words, country) }))
      .map((found) => ({ ...found, rank: rankOf(found, wanted) }))
      .filter(({ rank }) => rank < notFound)
      .sort((a, b) => a.rank - b.rank || a.name.localeCompare(b.name, words.locale))
      .map(({ country, callingCode, name }) => ({ value: country, label: `${name} +${callingCode}` }));
  }
}
