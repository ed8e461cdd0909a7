import { html, nothing, type TemplateResult } from 'lit';
import { own } from '../../domain/own.js';
import type { SessionAct } from '../../machine/session/session-context.js';
import { screenOf } from '../../machine/agent/screen-view.js';
import { callIcons } from '../parts/call-icons.js';
import { icons } from '../parts/icons.js';
import type { Panel } from '../panel-context.js';

/**
 * The replacement for a screen that threw, with the actions that still work. It reads few values and formats none,
 * because any of them may have broken the screen. `again` renders the screen once more.
 */
export function brokenScreen(panel: Panel, again: () => void): TemplateResult {
  const { text } = panel.words;
  const button = (label: unknown, press: () => void, kind = '') =>
    html`<button type="button" class="button ${kind}" @click=${press}>${label}</button>`;
  return html`
    <div class="body">
      <div class="message bad-news" role="alert">
        ${icons.warning}
        <div><span>${text('panel.broken')}</span>${button(text('action.retry'), again, 'quiet')}</div>
      </div>
    </div>
    <div class="footer"><div class="actions">${workingActions(panel, button)}</div></div>
  `;
}

function workingActions(
  { snapshot, words: { text }, send, form }: Panel,
  button: (label: unknown, press: () => void, kind?: string) => TemplateResult,
): unknown {
  const { leader, options, tab } = snapshot.agent.context;
  const { calls, sessionId } = leader;
  const call = own(calls, sessionId);
  const act = (what: SessionAct) => () =>
    send({ type: 'session', sessionId: sessionId!, command: { type: 'act', act: what } });
  switch (screenOf(snapshot)) {
    case 'incoming':
      if (call?.work !== 'offered') return button(text('action.done'), () => send({ type: 'dismissCall' }), 'main');
      return html`${button(text('live.decline'), act({ do: 'decline' }), 'bad')}
      ${button(text('live.answer'), act({ do: 'answer' }), 'good')}`;
    case 'call':
    case 'chat':
    case 'wrap-up':
      if (call?.work === 'on')
        return button(
          html`${callIcons.hangUp}${text(call.chat ? 'call.end-chat' : 'action.end')}`,
          () => send({ type: 'endCall' }),
          'bad',
        );
      return snapshot.outbound
        ? button(text('action.cancel'), () => form({ type: 'cancel' }))
        : button(text('action.done'), () => send({ type: 'dismissCall' }), 'main');
    case 'options':
      return options && button(text('action.back'), () => send({ type: 'showOptions' }));
    case 'history':
    case 'voicemail':
      return tab === 'call' ? nothing : button(text('action.back'), () => send({ type: 'showTab', tab: 'call' }));
    default:
      return snapshot.outbound ? button(text('action.cancel'), () => form({ type: 'cancel' })) : nothing;
  }
}
