import { css, html, nothing } from 'lit';
import { screenOf } from '../../machine/agent/screen-view.js';
import { baseStyles, frameStyles } from '../styles/base-styles.js';
import { PanelScreen } from './panel-screen.js';

/** Shows that something is loading, or why it failed, with Retry. */
export class WaitScreen extends PanelScreen {
  static override styles = [
    baseStyles,
    frameStyles,
    css`
      .body {
        justify-content: center;
      }
      .calm {
        text-align: center;
        color: var(--_muted);
      }
    `,
  ];

  protected override isShown(): boolean {
    return true;
  }

  protected override render() {
    const { panel, text } = this;
    const { agent, outbound } = panel.snapshot;
    switch (screenOf(panel.snapshot)) {
      case 'not-started':
        return this.#renderFailed(text('panel.not-started'), agent.context.failure, () =>
          panel.send({ type: 'retryStart' }),
        );
      case 'not-loaded':
        return this.#renderFailed(
          text('not-loaded.phone-numbers'),
          outbound?.context.failure,
          () => panel.form({ type: 'retry' }),
          true,
        );
      case 'loading':
        return this.#renderWaiting(
          text(outbound?.matches('preparing') ? 'loading.phone-numbers' : 'loading.request', { crm: panel.crm }),
          true,
        );
      default:
        return this.#renderWaiting(text('panel.starting', { crm: panel.crm }), false);
    }
  }

  #renderWaiting(what: string, cancel: boolean) {
    return html`
      <span></span>
      <div class="body">
        <div class="calm" role="status">${what}</div>
      </div>
      ${cancel ? this.#renderFooter() : nothing}
    `;
  }

  #renderFailed(title: string, failure: Parameters<typeof this.trouble>[1], retry: () => void, cancel = false) {
    return html`
      <span></span>
      <div class="body">${this.trouble(title, failure)}</div>
      <div class="footer">
        <div class="actions">
          ${cancel ? this.button(this.text('action.cancel'), () => this.panel.form({ type: 'cancel' })) : nothing}
          <button type="button" class="button main" data-first @click=${retry}>${this.text('action.retry')}</button>
        </div>
      </div>
    `;
  }

  #renderFooter() {
    return html`<div class="footer">
      <div class="actions">${this.button(this.text('action.cancel'), () => this.panel.form({ type: 'cancel' }))}</div>
    </div>`;
  }
}
