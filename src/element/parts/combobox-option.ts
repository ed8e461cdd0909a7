// The combobox has the focus and handles the keys of its options.
/* eslint-disable lit-a11y/click-events-have-key-events */
import { html, nothing, type TemplateResult } from 'lit';
import { icons } from './icons.js';

/** One option of a combobox. */
export interface ComboboxOption {
  value: string;
  label: string;
  /** Lines under the label that tell options apart. */
  details?: readonly string[];
  /** A small badge beside the label. */
  badge?: string;
  /** A text before the label, such as `#4711`. */
  prefix?: string;
  disabled?: boolean;
  /** An action, such as "Create a new contact". A line separates actions from items. */
  action?: boolean;
}

/** `choose`: a person chose an option. `search`: a person typed. `more`: the list needs more. `retry`: load anew. */
export class ComboboxEvent extends Event {
  readonly value: string;

  constructor(type: 'choose' | 'search' | 'more' | 'retry', value = '') {
    super(type);
    this.value = value;
  }
}

/** A row's position and state in its list, and its pointer handlers. */
export interface RowState {
  at: number;
  /** The number of options. -1 if it is unknown. */
  count: number;
  active: boolean;
  selected: boolean;
  /** Separated from the row before it. */
  apart: boolean;
  choose: () => void;
  point: () => void;
}

/** The content of the closed field. */
export function comboboxValue(selected: ComboboxOption | undefined, placeholder: string): unknown {
  if (!selected) return html`<span class="placeholder cut" title=${placeholder} dir="auto">${placeholder}</span>`;
  const { prefix, badge, label } = selected;
  return html`
    ${prefix ? html`<span class="digits prefix">${prefix}</span>` : nothing}
    ${badge ? html`<span class="badge">${badge}</span>` : nothing}
    <span class="cut" dir="auto">${label}</span>
  `;
}

/** One row of the list. */
export function comboboxRow(
  option: ComboboxOption,
  { at, count, active, selected, apart, choose, point }: RowState,
): TemplateResult {
  const { value, label, details = [], badge, prefix, disabled } = option;
  const name = html`<div class="cut name" dir="auto">${label}</div>`;
  const lines = prefix
    ? html`<div class="head small">
          <span class="digits prefix">${prefix}</span>${badge ? html`<span class="badge">${badge}</span>` : nothing}
          <span class="cut" dir="auto">${details.join(' · ')}</span>
        </div>
        ${name}`
    : html`${name}${details.map((detail) => html`<div class="small cut digits" dir="auto">${detail}</div>`)}`;
  return html`
    <div
      class="option ${active ? 'active' : ''} ${apart ? 'set-apart' : ''}"
      role="option"
      id="option-${at}"
      data-value=${value}
      aria-selected=${String(selected) as 'true' | 'false'}
      aria-disabled=${disabled ? 'true' : nothing}
      aria-setsize=${count}
      aria-posinset=${at + 1}
      title=${[label, ...details].join('\n')}
      @click=${choose}
      @mousemove=${disabled ? nothing : point}
    >
      <div class="lines">${lines}</div>
      ${selected ? icons.check : nothing}
    </div>
  `;
}
