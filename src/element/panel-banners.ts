import { html, nothing, type TemplateResult } from 'lit';
import type { DialRequest } from '../domain/dial.js';
import type { DesktopCommand, DesktopSnapshot } from '../desktop/agent-desktop.js';
import { failureText } from './failure-text.js';
import { icons } from './icons.js';
import type { Localizer } from './localize.js';

const banner = (kind: 'warn' | 'bad-news' | '', text: string, actions: unknown = nothing) => html`
  <div class="message ${kind}" role=${kind === '' ? 'status' : 'alert'}>
    ${kind === '' ? icons.info : icons.warning}
    <div><span>${text}</span>${actions}</div>
  </div>
`;

/** What concerns the whole panel: the network, the phone, refused settings; records on their way speak for themselves. */
export function panelBanners(
  words: Localizer,
  { agent }: DesktopSnapshot,
  crm: string,
  hostWaits: boolean,
  send: (command: DesktopCommand) => void,
  dial: (request: DialRequest) => void,
): TemplateResult {
  const { online, line, message, opened } = agent.context;
  const { text } = words;
  const close = html`<button type="button" class="button quiet" @click=${() => send({ type: 'closeMessage' })}>
    ${text('action.close')}
  </button>`;
  const retry = ({ request }: { request: DialRequest }) =>
    html`<button type="button" class="button quiet" @click=${() => dial(request)}>${text('action.retry')}</button>`;
  // An administrator can do something about it; the page is told in any case.
  const problems = opened?.agent.canAdminister ? opened.settingsProblems : [];
  return html`
    ${online ? nothing : banner('warn', text('panel.offline'))}
    ${line === 'up' ? nothing : banner('warn', text('panel.line-lost'))}
    ${hostWaits ? banner('warn', text('panel.host-waits')) : nothing}
    ${problems.length > 0 ? banner('warn', `${text('panel.settings-refused')} ${problems.map(({ message: why }) => why).join('; ')}`) : nothing}
    ${message?.code === 'outdated' ? banner('bad-news', text('panel.outdated')) : nothing}
    <ccai-leaving></ccai-leaving>
    ${message?.code === 'in-call' ? banner('warn', text('in-call.refused'), close) : nothing}
    ${
      message?.code === 'not-opened'
        ? banner('bad-news', text('panel.form-not-loaded'), html`<span>${retry(message)}${close}</span>`)
        : nothing
    }
    ${
      message?.code === 'status-failed'
        ? banner('warn', `${text('status.failed')} ${failureText(words, message.failure, 'phone', crm)}`, close)
        : nothing
    }
    <ccai-records-bar></ccai-records-bar>
  `;
}
