import { html, nothing, type TemplateResult } from 'lit';
import { icons } from '../parts/icons.js';
import type { SettingsFile } from './file.js';
import { namedRefusal } from './refusal.js';
import type { SettingsState } from './state.js';
import type { SettingsWords } from './words.js';

/** The most refused values that the message about a file lists. */
const maxListed = 20;

/** The message about an import or export. */
export function fileMessage(file: SettingsFile | 'exported' | undefined, words: SettingsWords): unknown {
  if (!file) return nothing;
  if (file === 'exported')
    return html`<p class="message" role="status">${icons.check}<span>${words.text('form.exported')}</span></p>`;
  const { name } = file;
  if (file.ok)
    return html`<p class="message" role="status">
      ${icons.check}<span>${words.text('form.imported', { file: name })}</span>
    </p>`;
  const count = file.problems.length;
  const title =
    count === 0
      ? words.text('form.import.not-a-file', { file: name })
      : words.text('form.import.refused', { file: name, count });
  const refusals = file.problems.slice(0, maxListed).map((problem) => namedRefusal(problem, file.input, words));
  return html`
    <div class="message bad-news" role="alert">
      ${icons.warning}
      <div><span>${title}</span>${names(refusals)}</div>
    </div>
  `;
}

/** Lists the given values that have no control. A button removes them. */
export function orphansMessage(state: SettingsState, words: SettingsWords, remove: () => void): unknown {
  const { orphans } = state;
  if (orphans.length === 0) return nothing;
  return html`
    <div class="message bad-news" role="alert">
      ${icons.warning}
      <div>
        <span>${words.text('orphans.title')}</span>
        ${names(orphans.map((problem) => namedRefusal(problem, state.draft, words)))}
        <button class="link" type="button" @click=${remove}>${words.text('orphans.remove')}</button>
      </div>
    </div>
  `;
}

/** Says whether the whole form is valid. A button leads to the first problem. */
export const stateMessage = (count: number, words: SettingsWords, show: () => void): TemplateResult => html`
  <div class="state ${count > 0 ? 'refused' : ''}">
    <span role="status">${count > 0 ? words.text('form.refused', { count }) : words.text('form.valid')}</span>
    ${
      count > 0
        ? html`<button class="link" type="button" @click=${show}>${words.text('form.refused.show')}</button>`
        : nothing
    }
  </div>
`;

const names = (texts: readonly string[]): unknown =>
  texts.length > 0
    ? html`<ul>
        ${texts.map((text) => html`<li>${text}</li>`)}
      </ul>`
    : nothing;
