import { css, html } from 'lit';
import { screenStyles, screenFrameStyles } from '../styles/screen-styles.js';
import { icons } from '../parts/icons.js';
import { PanelScreen } from './panel-screen.js';

/** The screen for a call that ticket entry refuses. */
export class RefusedScreen extends PanelScreen {
  static override styles = [
    screenStyles,
    screenFrameStyles,
    css`
      .body {
        justify-content: center;
      }
    `,
  ];

  /** T6: the reason, and what to do instead. Nothing is dialled. */
  protected override render() {
    const { panel, text } = this;
    const contact = panel.snapshot.outbound?.context.request.from === 'contact';
    const instead = () => {
      panel.form({ type: 'cancel' });
      panel.dial({ from: 'adapter' });
    };
    return html`
      <span></span>
      <div class="body">
        <div class="message warn" role="alert">
          ${icons.warning}
          <div>
            <h2 class="large">${text('refused.title')}</h2>
            <p>${text(contact ? 'refused.contact' : 'refused.ticket-new-number')}</p>
          </div>
        </div>
      </div>
      <div class="footer">
        <div class="actions">
          ${this.button(text('action.cancel'), () => panel.form({ type: 'cancel' }))}
          <button type="button" class="button main" data-first @click=${instead}>${text('main.dial')}</button>
        </div>
      </div>
    `;
  }
}
