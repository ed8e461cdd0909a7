import { ContextConsumer } from '@lit/context';
import { html, LitElement, nothing, render, type TemplateResult } from 'lit';
import type { Failure } from '../../domain/failure.js';
import { notShown } from '../events.js';
import { icons } from '../parts/icons.js';
import { failureText, type FailedPort } from '../failure-text.js';
import type { MessageKey, Params } from '../localize.js';
import { panelContext, type Panel } from '../panel-context.js';

/** A screen of the panel: it shows what the panel's context says, and sends commands. */
export abstract class PanelScreen extends LitElement {
  #reported = false;
  readonly #consumer = new ContextConsumer(this, { context: panelContext, subscribe: true });

  protected get panel(): Panel {
    return this.#consumer.value!;
  }

  protected readonly text = (key: MessageKey, params?: Params): string => this.panel.words.text(key, params);

  /** What the screen shows is there. It keeps its elements while it is away, for the next time. */
  protected isShown({ snapshot }: Panel): boolean {
    return snapshot.outbound !== undefined;
  }

  protected override shouldUpdate(): boolean {
    return this.#consumer.value !== undefined && this.isShown(this.#consumer.value);
  }

  /** One screen that cannot be shown does not take the ways out of a call with it. Shown again with the next change. */
  protected override performUpdate(): void {
    try {
      super.performUpdate();
      this.#reported = false;
    } catch (cause) {
      if (!this.#reported) this.dispatchEvent(notShown(this.localName, cause));
      this.#reported = true;
      const { panel } = this;
      // Of what stands within a screen nothing is shown: the screen around it has the ways out.
      const shown = this.hasAttribute('data-screen') ? panel?.broken?.(panel, () => this.requestUpdate()) : nothing;
      render(shown, this.renderRoot, this.renderOptions);
    }
  }

  /** Where the person's eyes go when the screen opens; the shell asks for it. `typing`: they were in a field just now. */
  focusFirst(_typing = false): void {
    const first = this.renderRoot.querySelector<HTMLElement>('[data-first]');
    if (first) first.focus();
    else this.renderRoot.querySelector<HTMLElement>('button:not([disabled]), input')?.focus();
  }

  /** Trouble in its place: what happened, why if known, and its way out. Never a code alone. */
  protected trouble(
    title: string,
    failure: Failure | undefined,
    actions: unknown = nothing,
    of: FailedPort = 'crm',
  ): TemplateResult {
    const { words, crm } = this.panel;
    return html`
      <div class="message bad-news" role="alert">
        ${icons.warning}
        <div>
          <span>${title} ${failure ? failureText(words, failure, of, crm) : ''}</span>
          ${actions}
        </div>
      </div>
    `;
  }

  protected button(label: string, command: () => void, kind = ''): TemplateResult {
    return html`<button type="button" class="button ${kind}" @click=${command}>${label}</button>`;
  }

  /** The line at the top of a screen, with the way back. */
  protected top(title: string, back?: () => void): TemplateResult {
    return html`
      <div class="top">
        ${
          back
            ? html`<button
                type="button"
                class="button quiet icon-only"
                aria-label=${this.text('action.back')}
                @click=${back}
              >
                ${icons.back}
              </button>`
            : nothing
        }
        <h1>${title}</h1>
      </div>
    `;
  }
}
