import { css, html } from 'lit';
import { screenStyles, screenFrameStyles } from '../styles/screen-styles.js';
import { callIcons } from '../parts/call-icons.js';
import type { Panel } from '../panel-context.js';
import { PanelScreen } from './panel-screen.js';

/** The screen of an agent who is logged out, and who can neither call nor be called. */
export class LoggedOutScreen extends PanelScreen {
  static override styles = [
    screenStyles,
    screenFrameStyles,
    css`
      :host {
        grid-template: minmax(0, 1fr) auto / minmax(0, 1fr);
      }
      .body {
        justify-content: safe center;
        align-items: center;
        text-align: center;
      }
      .body svg {
        width: 32px;
        height: 32px;
        color: var(--_edge);
        stroke-width: 1.25;
      }
    `,
  ];

  protected override isShown({ snapshot }: Panel): boolean {
    return snapshot.agent.context.leader.loggedOut === true;
  }

  protected override render() {
    const { panel, text } = this;
    return html`
      <div class="body">
        ${callIcons.leave}
        <h2 class="large">${text('logged-out.title')}</h2>
        <p class="small break">${text('logged-out.text')}</p>
      </div>
      <div class="footer">
        <div class="actions">
          <button
            type="button"
            class="button main"
            data-first
            ?disabled=${panel.snapshot.agent.matches({ ready: { leaving: 'back' } })}
            @click=${() => panel.send({ type: 'logIn' })}
          >
            ${text('logged-out.back')}
          </button>
        </div>
      </div>
    `;
  }
}
