import { css, html, nothing } from 'lit';
import { baseStyles } from './base-styles.js';
import { failureText } from './failure-text.js';
import { icons } from './icons.js';
import type { Panel } from './panel-context.js';
import { PanelScreen } from './panel-screen.js';

/** B5: on the way out: what waits is being sent, or may be lost, or why it is not possible now. */
export class Leaving extends PanelScreen {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: contents;
      }
      .message {
        margin: var(--_2) var(--_2) 0;
      }
    `,
  ];

  protected override isShown({ snapshot }: Panel): boolean {
    return snapshot.agent.matches('ready');
  }

  protected override render() {
    const { panel, text } = this;
    const { agent } = panel.snapshot;
    const is = (state: 'sending' | 'asking' | 'discarding' | 'back') => agent.matches({ ready: { leaving: state } });
    const { message, records } = agent.context;
    const count = records.waiting + records.failed;
    if (is('asking'))
      return html`<ccai-panel-dialog
        .heading=${text('leaving.title')}
        .text=${count > 0 ? text('leaving.text', { count, crm: panel.crm }) : text('leaving.text.events', { crm: panel.crm })}
        .yes=${text('leaving.discard')}
        .no=${text('leaving.stay')}
        @yes=${() => panel.send({ type: 'discard' })}
        @no=${() => panel.send({ type: 'stay' })}
      ></ccai-panel-dialog>`;
    if (is('sending') || is('discarding')) return this.#say('status', text('leaving.sending', { crm: panel.crm }));
    if (is('back')) return this.#say('status', text('leaving.back'));
    if (message?.code === 'in-session') return this.#say('alert', text('leaving.in-session'));
    if (message?.code === 'logged-out') return this.#say('alert', text('leaving.logged-out'));
    if (message?.code === 'not-done')
      return this.#say(
        'alert',
        `${text('leaving.failed')} ${failureText(panel.words, message.failure, 'phone', panel.crm)}`,
      );
    return nothing;
  }

  #say(role: 'status' | 'alert', words: string) {
    const close = () => this.panel.send({ type: 'closeMessage' });
    return html`<div class="message ${role === 'alert' ? 'warn' : ''}" role=${role}>
      ${role === 'alert' ? icons.warning : icons.info}
      <div>
        <span>${words}</span>${role === 'alert' ? this.button(this.text('action.close'), close, 'quiet') : nothing}
      </div>
    </div>`;
  }
}
