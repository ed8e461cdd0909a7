import { html, nothing, type TemplateResult } from 'lit';
import type { DialRequest } from '../../domain/dial.js';
import type { DesktopCommand, DesktopSnapshot } from '../../desktop/agent-desktop.js';
import { icons } from './icons.js';
import type { Localizer } from '../localize.js';

export const banner = (kind: 'warn' | 'bad-news' | '', text: string, actions: unknown = nothing) => html`
  <div class="message ${kind}" role=${kind === '' ? 'status' : 'alert'}>
    ${kind === '' ? icons.info : icons.warning}
    <div><span>${text}</span>${actions}</div>
  </div>
`;

/** Banners about the whole panel: network, phone connection, missing form. panel-messages.ts has all other messages. */
export function panelBanners(
  { text }: Localizer,
  { agent }: DesktopSnapshot,
  send: (command: DesktopCommand) => void,
  dial: (request: DialRequest) => void,
): TemplateResult {
  const { online, leader, message } = agent.context;
  const button = (label: string, press: () => void) =>
    html`<button type="button" class="button quiet" @click=${press}>${label}</button>`;
  return html`
    ${online && leader.connection === 'up' ? nothing : banner('warn', text(online ? 'panel.connection-down' : 'panel.offline'))}
    ${
      message?.code === 'not-opened'
        ? banner(
            'bad-news',
            text('panel.form-not-loaded'),
            html`<span
              >${button(text('action.retry'), () => dial(message.request))}${button(text('action.close'), () =>
                send({ type: 'closeMessage' }),
              )}</span
            >`,
          )
        : nothing
    }
    <ccai-panel-messages></ccai-panel-messages>
    <ccai-records-list></ccai-records-list>
  `;
}
