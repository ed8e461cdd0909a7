import { css, html, nothing } from 'lit';
import { baseStyles } from '../styles/screen-styles.js';
import { failureText } from '../failure-text.js';
import { isolated } from '../formatted-number.js';
import type { Opened } from '../../machine/agent/agent-context.js';
import type { Localizer } from '../localize.js';
import { banner } from './panel-banners.js';
import type { Panel } from '../panel-context.js';
import { PanelScreen } from '../screens/panel-screen.js';

/** What the panel has to say beside its screen: what was refused and why, and the way out of it. */
export class PanelMessages extends PanelScreen {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        gap: var(--_1);
      }
      :host(:not([empty])) {
        padding: var(--_2) var(--_2) 0;
      }
    `,
  ];

  protected override isShown(): boolean {
    return true;
  }

  protected override render() {
    const { panel } = this;
    const said = this.#said(panel);
    this.toggleAttribute('empty', said.length === 0);
    const replaces = panel.snapshot.agent.matches({ ready: { outbound: { form: 'asking' } } });
    return html`${said}${this.#isLeaving('asking') ? this.#renderQuestion(panel) : nothing}${replaces ? this.#renderReplace(panel) : nothing}`;
  }

  #said({ snapshot: { agent }, words, crm, hostWaits }: Panel) {
    const { text } = this;
    const { message, opened } = agent.context;
    const warn = (said: string) => banner('warn', said, this.#close());
    const because = (said: string, failure: Parameters<typeof failureText>[1]) =>
      warn(`${said} ${failureText(words, failure, 'phone', crm)}`);
    const said = [];
    if (hostWaits) said.push(banner('warn', text('panel.host-waits')));
    const refused = opened && refusedSettings(opened, text);
    if (refused) said.push(banner('warn', refused));
    if (this.#isLeaving('sending')) said.push(banner('', text('leaving.sending', { crm })));
    if (this.#isLeaving('back')) said.push(banner('', text('leaving.back')));
    switch (message?.code) {
      case 'outdated':
        said.push(banner('bad-news', text('panel.outdated')));
        break;
      case 'in-call':
        said.push(warn(text('in-call.refused')));
        break;
      case 'in-session':
        said.push(warn(text('leaving.in-session')));
        break;
      case 'logged-out':
        said.push(warn(text('leaving.logged-out')));
        break;
      case 'status-failed':
        said.push(because(text('status.failed'), message.failure));
        break;
      case 'not-done':
        said.push(because(text('leaving.failed'), message.failure));
    }
    return said;
  }

  /** B5: what waits could not be sent before the agent leaves. */
  #renderQuestion({ snapshot, crm, send }: Panel) {
    const { text } = this;
    const { waiting, failed } = snapshot.agent.context.records;
    const count = waiting + failed;
    return html`<ccai-panel-dialog
      loses
      .heading=${text('leaving.title')}
      .text=${count > 0 ? text('leaving.text', { count, crm }) : text('leaving.text.events', { crm })}
      .yes=${text('leaving.discard')}
      .no=${text('leaving.stay')}
      @yes=${() => send({ type: 'discard' })}
      @no=${() => send({ type: 'stay' })}
    ></ccai-panel-dialog>`;
  }

  /** A dial request while another form is open is asked, never silently replaced. */
  #renderReplace({ snapshot, send }: Panel) {
    const { text } = this;
    const request = snapshot.agent.context.pending?.request;
    const target =
      request && 'number' in request && request.number ? isolated(request.number) : text('replace.target.new');
    return html`<ccai-panel-dialog
      .heading=${text('replace.title')}
      .text=${text('replace.text', { target })}
      .yes=${text('replace.replace')}
      .no=${text('replace.keep')}
      @yes=${() => send({ type: 'replaceRequest' })}
      @no=${() => send({ type: 'keepRequest' })}
    ></ccai-panel-dialog>`;
  }

  #isLeaving(state: 'sending' | 'asking' | 'back'): boolean {
    return this.panel.snapshot.agent.matches({ ready: { leaving: state } });
  }

  #close() {
    return this.button(this.text('action.close'), () => this.panel.send({ type: 'closeMessage' }), 'quiet');
  }
}

const namedAtMost = 3;

/** One line. An administrator can do something about it; an agent works without what does not apply, and is to know it. */
function refusedSettings({ agent, settingsProblems, lastGood }: Opened, text: Localizer['text']): string | undefined {
  if (settingsProblems.length === 0 || (lastGood && !agent.canAdminister)) return undefined;
  const all = settingsProblems.map(({ message, path }) => (agent.canAdminister ? message : path || 'settings'));
  const named = agent.canAdminister ? all : [...all.slice(0, namedAtMost), ...(all.length > namedAtMost ? ['…'] : [])];
  return `${text(lastGood ? 'panel.settings-refused' : 'panel.settings-not-applied')} ${named.join('; ')}`;
}
