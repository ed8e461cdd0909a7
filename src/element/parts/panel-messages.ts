import { css, html, nothing } from 'lit';
import { screenStyles } from '../styles/screen-styles.js';
import { failureText } from '../failure-text.js';
import { isolated } from '../formatted-number.js';
import type { DesktopSnapshot } from '../../desktop/agent-desktop.js';
import type { Opened } from '../../machine/agent/agent-context.js';
import type { Localizer } from '../localize.js';
import { banner } from './panel-banners.js';
import type { Panel } from '../panel-context.js';
import { PanelScreen } from '../screens/panel-screen.js';

/** Messages and questions beside the screen: refused requests with the reason, and ways to continue. */
export class PanelMessages extends PanelScreen {
  static override styles = [
    screenStyles,
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

  protected override shows({ snapshot, crm, hostWaits }: Panel): readonly unknown[] {
    const { message, opened, pending, records } = snapshot.agent.context;
    const { leaving, isAsking } = readyStates(snapshot);
    return [crm, hostWaits, message, opened, pending, records, leaving, isAsking];
  }

  protected override render() {
    const { panel } = this;
    const shown = this.#messages(panel);
    this.toggleAttribute('empty', shown.length === 0);
    const replaces = readyStates(panel.snapshot).isAsking;
    return html`${shown}${this.#isLeaving('asking') ? this.#renderQuestion(panel) : nothing}${replaces ? this.#renderReplace(panel) : nothing}`;
  }

  #messages({ snapshot: { agent }, words, crm, hostWaits }: Panel) {
    const { text } = this;
    const { message, opened } = agent.context;
    const warn = (shown: string) => banner('warn', shown, this.#close());
    const because = (shown: string, failure: Parameters<typeof failureText>[1]) =>
      warn(`${shown} ${failureText(words, failure, 'phone', crm)}`);
    const shown = [];
    if (hostWaits) shown.push(banner('warn', text('panel.host-waits')));
    const refused = opened && refusedSettings(opened, text);
    if (refused) shown.push(banner('warn', refused));
    if (this.#isLeaving('sending')) shown.push(banner('', text('leaving.sending', { crm })));
    if (this.#isLeaving('back')) shown.push(banner('', text('leaving.back')));
    switch (message?.code) {
      case 'outdated':
        shown.push(banner('bad-news', text('panel.outdated')));
        break;
      case 'in-call':
        shown.push(warn(text('in-call.refused')));
        break;
      case 'in-session':
        shown.push(warn(text('leaving.in-session')));
        break;
      case 'logged-out':
        shown.push(warn(text('leaving.logged-out')));
        break;
      case 'status-failed':
        shown.push(because(text('status.failed'), message.failure));
        break;
      case 'not-done':
        shown.push(because(text('leaving.failed'), message.failure));
    }
    return shown;
  }

  /** B5: asks what to do if waiting records cannot be sent before the log-out. */
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

  /** Asks before a dial request replaces an open form. */
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
    return readyStates(this.panel.snapshot).leaving === state;
  }

  #close() {
    return this.button(this.text('action.close'), () => this.panel.send({ type: 'closeMessage' }), 'quiet');
  }
}

/** The states that the messages depend on: the log-out, and the question before another form. */
function readyStates({ agent: { value } }: DesktopSnapshot): { leaving: string; isAsking: boolean } {
  const { ready } = value as { ready?: { leaving: string; outbound: string | { form: string } } };
  return {
    leaving: ready?.leaving ?? 'no',
    isAsking: (ready?.outbound as { form?: string } | undefined)?.form === 'asking',
  };
}

const namedAtMost = 3;

/**
 * One line about refused settings. An administrator reads the reasons. An agent reads the names of the settings that do
 * not apply.
 */
function refusedSettings({ agent, settingsProblems, lastGood }: Opened, text: Localizer['text']): string | undefined {
  if (settingsProblems.length === 0 || (lastGood && !agent.canAdminister)) return undefined;
  const all = settingsProblems.map(({ message, path }) => (agent.canAdminister ? message : path || 'settings'));
  const named = agent.canAdminister ? all : [...all.slice(0, namedAtMost), ...(all.length > namedAtMost ? ['…'] : [])];
  return `${text(lastGood ? 'panel.settings-refused' : 'panel.settings-not-applied')} ${named.join('; ')}`;
}
