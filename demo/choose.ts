import { html, type TemplateResult } from 'lit';

/** A field in which one of several is chosen; each option is a value and its words. */
export const choose = (
  label: string,
  options: readonly (readonly [value: string, words: string])[],
  chosen: string,
  set: (value: string) => void,
): TemplateResult =>
  html`<label class="field">
    <span class="small muted">${label}</span>
    <select class="input" @change=${(event: Event) => set((event.target as HTMLSelectElement).value)}>
      ${options.map(([value, text]) => html`<option value=${value} .selected=${value === chosen}>${text}</option>`)}
    </select>
  </label>`;
