import { html, nothing, type TemplateResult } from 'lit';
import type { HeaderView } from '../../machine/agent/screen-view.js';
import type { ComboboxEvent } from './combobox-option.js';
import { icons } from './icons.js';
import type { Localizer } from '../localize.js';
import type { DesktopCommand } from '../../desktop/agent-desktop.js';

/** The header with presence, network and minimise. Always visible (A2). */
export function panelHeader(
  words: Localizer,
  view: HeaderView | undefined,
  send: (command: DesktopCommand) => void,
  minimize: () => void,
): TemplateResult {
  return html`
    <div class="header" part="header">
      ${view ? statusField(words, view, send) : html`<span class="grow"></span>`}
      ${view && !view.online ? html`<span class="offline" title=${words.text('panel.offline')}>${icons.offline}</span>` : nothing}
      ${view ? html`<ccai-records-dot></ccai-records-dot><ccai-options-menu></ccai-options-menu>` : nothing}
      <button
        type="button"
        class="button quiet icon-only"
        aria-label=${words.text('panel.minimize')}
        @click=${minimize}
      >
        ${icons.minus}
      </button>
    </div>
  `;
}

/** A translation for the statuses that every platform has. For all others, the platform's label. */
export const statusLabel = (words: Localizer, { id, label }: { id: string; label: string }): string =>
  words.has(`status.${id}`) ? words.text(`status.${id}` as never) : label;

/** The status field shows only the status until its file is loaded, after the first paint. */
function statusField(words: Localizer, view: HeaderView, send: (command: DesktopCommand) => void): TemplateResult {
  const { statuses, status, wanted, next, choosesNext } = view;
  const options = statuses.map((offered) => ({ value: offered.id, label: statusLabel(words, offered) }));
  const shown = status && { value: status.id, label: statusLabel(words, status) };
  const clear = { value: '', label: words.text('status.next.clear'), action: true };
  const wantedStatus = statuses.find(({ id }) => id === wanted);
  return html`
    <span class="dot ${view.isConnected && status ? status.color : ''}"></span>
    <div class="status">
      <ccai-combobox
        hideLabel
        wide
        .label=${words.text('status.label')}
        .options=${choosesNext && next ? [...options, clear] : options}
        .value=${choosesNext ? next?.id : status?.id}
        .shown=${shown}
        @choose=${({ value }: ComboboxEvent) =>
          send(
            choosesNext ? { type: 'setNextStatus', status: value || undefined } : { type: 'setStatus', status: value },
          )}
        ><span class="cut">${shown?.label}</span></ccai-combobox
      >
      <span class="small break" role="status"
        >${
          wantedStatus && wantedStatus.id !== status?.id
            ? words.text('status.changing', { status: statusLabel(words, wantedStatus) })
            : choosesNext && next
              ? words.text('status.next', { status: statusLabel(words, next) })
              : nothing
        }</span
      >
    </div>
  `;
}
