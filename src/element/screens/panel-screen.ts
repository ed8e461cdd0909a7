import { ContextConsumer } from '@lit/context';
import { html, LitElement, nothing, render, type TemplateResult } from 'lit';
import type { Failure } from '../../domain/failure.js';
import { notShown } from '../events.js';
import { icons } from '../parts/icons.js';
import { failureText, type FailedPort } from '../failure-text.js';
import type { MessageKey, Params } from '../localize.js';
import { panelContext, type Panel } from '../panel-context.js';

/** A screen of the panel: renders the panel's context and sends commands. */
export abstract class PanelScreen extends LitElement {
  #failureReported = false;
  readonly #consumer = new ContextConsumer(this, { context: panelContext, subscribe: true });

  protected get panel(): Panel {
    return this.#consumer.value!;
  }

  protected readonly text = (key: MessageKey, params?: Params): string => this.panel.words.text(key, params);

  /** Whether the context has the screen's data. Without them, the screen is not rendered and keeps its elements. */
  protected isShown({ snapshot }: Panel): boolean {
    return snapshot.outbound !== undefined;
  }

  protected override shouldUpdate(): boolean {
    return this.#consumer.value !== undefined && this.isShown(this.#consumer.value);
  }

  /**
   * A screen that throws is replaced by `broken`, so that the controls of a call stay available. The next change
   * renders it again.
   */
  protected override performUpdate(): void {
    try {
      super.performUpdate();
      this.#failureReported = false;
    } catch (cause) {
      if (!this.#failureReported) this.dispatchEvent(notShown(this.localName, cause));
      this.#failureReported = true;
      const { panel } = this;
      // A part within a screen renders nothing if it throws. The screen around it has the controls.
      const shown = this.hasAttribute('data-screen') ? panel?.broken?.(panel, () => this.requestUpdate()) : nothing;
      render(shown, this.renderRoot, this.renderOptions);
    }
  }

  /** Focuses the first control, when the screen opens. `typing`: the focus was in a text field. */
  focusFirst(_typing = false): void {
    const first = this.renderRoot.querySelector<HTMLElement>('[data-first]');
    if (first) first.focus();
    else this.renderRoot.querySelector<HTMLElement>('button:not([disabled]), input')?.focus();
  }

  /** A message in place of failed content. It says what failed, why, and what to do. */
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

  /** The bar at the top of a screen, with Back. */
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
        <h2>${title}</h2>
      </div>
    `;
  }
}
