import { ContextConsumer } from '@lit/context';
import { html, LitElement, nothing, render, type PropertyValues, type TemplateResult } from 'lit';
import type { Failure } from '../../domain/failure.js';
import { notShown } from '../events.js';
import { icons } from '../parts/icons.js';
import { failureText, type FailedPort } from '../failure-text.js';
import type { MessageKey, Params } from '../localize.js';
import { panelContext, type Panel } from '../panel-context.js';

/** A screen of the panel: renders the panel's context and sends commands. */
export abstract class PanelScreen extends LitElement {
  #failureReported = false;
  /** The context of the last rendering, and what the part showed then. */
  #rendered: Panel | undefined;
  #shown: readonly unknown[] = [];
  readonly #consumer = new ContextConsumer(this, { context: panelContext, subscribe: true });

  protected get panel(): Panel {
    return this.#consumer.value!;
  }

  protected readonly text = (key: MessageKey, params?: Params): string => this.panel.words.text(key, params);

  /** Whether the context has the screen's data. Without them, the screen is not rendered and keeps its elements. */
  protected isShown({ snapshot }: Panel): boolean {
    return snapshot.outbound !== undefined;
  }

  /**
   * The values of the context that the part renders. A new context renders it only if one of them has changed. By
   * default, every new context does.
   */
  protected shows(panel: Panel): readonly unknown[] {
    return [panel];
  }

  protected override shouldUpdate(changed: PropertyValues): boolean {
    const panel = this.#consumer.value;
    if (panel === undefined || this.hidden || !this.isShown(panel)) return false;
    const isNew = panel !== this.#rendered;
    const before = this.#shown;
    this.#shown = [panel.words, panel.desktop, ...this.shows(panel)];
    this.#rendered = panel;
    return !isNew || changed.size > 0 || this.#shown.some((value, at) => value !== before[at]);
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
      this.#shown = [];
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
