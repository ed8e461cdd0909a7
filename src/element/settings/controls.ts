import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { ComboboxEvent, ComboboxOption } from '../parts/combobox-option.js';
import { inputOption } from './options.js';
import type { SettingsRow } from './rows.js';
import type { SettingsWords } from './words.js';

/** The state of one row's control. */
export interface ControlView {
  row: SettingsRow;
  words: SettingsWords;
  value: unknown;
  /** The typed text, where it differs from the value. */
  typed: string;
  locked: boolean;
  /** The ids of the notes beside the control. */
  describedBy: string | typeof nothing;
  /** The text of these notes. */
  description: string;
  refusal: string;
  change: (value: unknown, typed?: string) => void;
}

/** The id of a row's control. */
export const controlId = ({ id }: SettingsRow): string => id.replaceAll('.', '-');

const invalid = ({ refusal }: ControlView) => (refusal ? 'true' : nothing);

const typedText = (event: Event): string => (event.target as HTMLInputElement).value;

/** The switch of S1 is the inverse of the setting. */
export function switchControl(view: ControlView): TemplateResult {
  const { row, words, value, locked, describedBy, change } = view;
  const inverse = row.kind === 'inverse';
  const on = value === !inverse && !(locked && row.offWhenLocked);
  return html`
    <label class="check">
      <input
        type="checkbox"
        id=${controlId(row)}
        .checked=${live(on)}
        ?disabled=${locked}
        aria-describedby=${describedBy}
        aria-invalid=${invalid(view)}
        @change=${(event: Event) => change((event.target as HTMLInputElement).checked !== inverse)}
      />
      <span>${words.text(row.id)}</span>
    </label>
  `;
}

export function textControl(view: ControlView, wide = true): TemplateResult {
  const { row, words, typed, locked, describedBy, change } = view;
  const number = row.kind === 'number';
  const [from, to] = row.range ?? [0, 0];
  return html`
    <label class="name" for=${controlId(row)}>${words.text(row.id)}</label>
    <div class=${number ? 'number' : wide ? 'wide' : ''}>
      <input
        class="input"
        id=${controlId(row)}
        autocomplete="off"
        spellcheck="false"
        inputmode=${number ? 'numeric' : 'text'}
        .value=${live(typed)}
        ?disabled=${locked}
        aria-describedby=${describedBy}
        aria-invalid=${invalid(view)}
        @input=${(event: Event) => change(typedText(event), typedText(event))}
      />
      ${
        row.unit
          ? html`<span class="small" id="${controlId(row)}-unit">${words.text(row.unit, { from, to })}</span>`
          : nothing
      }
    </div>
  `;
}

export function linesControl(view: ControlView): TemplateResult {
  const { row, words, typed, locked, describedBy, change } = view;
  return html`
    <label class="name" for=${controlId(row)}>${words.text(row.id)}</label>
    <textarea
      class="input lines wide"
      id=${controlId(row)}
      rows="3"
      spellcheck="false"
      .value=${live(typed)}
      ?disabled=${locked}
      aria-describedby=${describedBy}
      aria-invalid=${invalid(view)}
      @input=${(event: Event) => change(typedText(event), typedText(event))}
    ></textarea>
  `;
}

/** A radio group, which shows every choice. */
export function choiceControl(view: ControlView): TemplateResult {
  const { row, words, describedBy } = view;
  const id = controlId(row);
  return html`
    <span class="name" id="${id}-name">${words.text(row.id)}</span>
    <div
      class="choices"
      role="radiogroup"
      id=${id}
      aria-labelledby="${id}-name"
      aria-describedby=${describedBy}
      aria-invalid=${invalid(view)}
    >
      ${radios(view, id, row.options ?? [])}
    </div>
  `;
}

/** The radios of one group. */
export const radios = (
  { words, value, locked, change }: Pick<ControlView, 'words' | 'value' | 'locked' | 'change'>,
  name: string,
  options: NonNullable<SettingsRow['options']>,
): readonly TemplateResult[] =>
  options.map(
    ([option, label]) => html`
      <label class="choice">
        <input
          type="radio"
          name=${name}
          .value=${option}
          .checked=${live(value === option)}
          ?disabled=${locked}
          @change=${() => change(option)}
        />
        <span>${words.text(label)}</span>
      </label>
    `,
  );

/** A list of names to choose from. */
export function listControl(
  view: ControlView,
  list: {
    options: readonly ComboboxOption[];
    shown?: ComboboxOption;
    loading?: boolean;
    placeholder: string;
    emptyText: string;
    search?: (text: string) => void;
  },
): TemplateResult {
  const { row, words, value, locked, description, refusal, change } = view;
  const listed = list.options.some((option) => option.value === (value ?? ''));
  return html`
    <span class="name" aria-hidden="true">${words.text(row.id)}</span>
    <ccai-combobox
      class="wide"
      id=${controlId(row)}
      hideLabel
      .label=${words.text(row.id)}
      .options=${list.options}
      .value=${typeof value === 'string' ? value : ''}
      .shown=${listed ? undefined : (list.shown ?? inputOption(value))}
      .placeholder=${list.placeholder}
      .emptyText=${list.emptyText}
      .loading=${list.loading ?? false}
      .loadingText=${words.text('list.loading')}
      .searchable=${list.search !== undefined}
      .disabled=${locked}
      .error=${refusal}
      .description=${description}
      ?data-refused=${refusal !== ''}
      @choose=${(event: ComboboxEvent) => change(event.value)}
      @search=${(event: ComboboxEvent) => list.search?.(event.value)}
    ></ccai-combobox>
  `;
}
