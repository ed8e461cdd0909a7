import { html, type TemplateResult } from 'lit';

export const selectField = (
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
