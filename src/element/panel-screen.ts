import { ContextConsumer } from '@lit/context';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Failure } from '../machine/failure.js';
import { icons } from './icons.js';
import type { MessageKey, Params } from './localize.js';
import { panelContext, type Panel } from './panel-context.js';

/** A screen of the panel: it shows what the panel's context says, and sends commands. */
export abstract class PanelScreen extends LitElement {
  readonly #consumer = new ContextConsumer(this, { context: panelContext, subscribe: true });

  protected get panel(): Panel {
    return this.#consumer.value!;
  }

  protected readonly text = (key: MessageKey, params?: Params): string => this.panel.words.text(key, params);

  protected override shouldUpdate(): boolean {
    return this.#consumer.value !== undefined;
  }

  /** Where the person's eyes go when the screen opens; the shell asks for it. */
  focusFirst(): void {
    const first = this.renderRoot.querySelector<HTMLElement>('[data-first]');
    if (first) first.focus();
    else this.renderRoot.querySelector<HTMLElement>('button:not([disabled]), input')?.focus();
  }

  /** What happened, why if known, what to do now. Never a code alone. */
  protected failureText(failure: Failure): string {
    const { words, crm } = this.panel;
    const reason = failure.failReason ? `failure.${failure.failReason}` : '';
    const key = `failure.${failure.code}`;
    if (words.has(reason)) return words.text(reason, { crm });
    return words.has(key) ? words.text(key, { crm }) : words.text('failure.unavailable', { crm });
  }

  /** Trouble in its place, with its way out. */
  protected trouble(title: string, failure: Failure | undefined, actions: unknown = nothing): TemplateResult {
    return troubleTemplate(title, failure ? this.failureText(failure) : '', actions);
  }
}

const troubleTemplate = (title: string, reason: string, actions: unknown) => html`
  <div class="message bad-news" role="alert">
    ${icons.warning}
    <div>
      <span>${title} ${reason}</span>
      ${actions}
    </div>
  </div>
`;
