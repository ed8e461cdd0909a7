import { css, html, nothing } from 'lit';
import { baseStyles } from './base-styles.js';
import { callIcons } from './call-icons.js';
import { formatted, isolated } from './formatted-number.js';
import { icons } from './icons.js';
import type { Panel } from './panel-context.js';
import { PanelScreen } from './panel-screen.js';

/** Several sessions at once: which they are, and which is on screen. */
export class SessionsBar extends PanelScreen {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        padding: var(--_1) var(--_3);
        border-bottom: 1px solid var(--_line);
        background: var(--_raised);
      }
      nav {
        display: flex;
        flex-wrap: wrap;
        gap: var(--_1);
      }
      button {
        display: flex;
        flex: 1 1 0;
        align-items: center;
        gap: var(--_2);
        min-width: 96px;
        min-height: 32px;
        padding: var(--_1) var(--_2);
        border: 1px solid transparent;
        border-radius: var(--_radius);
        background: none;
        text-align: start;
        cursor: pointer;
      }
      button:hover {
        background: var(--_hover);
      }
      button[aria-current] {
        border-color: var(--_edge);
        background: var(--_ground);
        font-weight: 600;
      }
    `,
  ];

  protected override isShown({ snapshot }: Panel): boolean {
    return Object.keys(snapshot.agent.context.sessions).length > 1;
  }

  protected override render() {
    const { panel, text } = this;
    const { sessions, sessionId, calls } = panel.snapshot.agent.context;
    return html`<nav aria-label=${text('sessions.label')}>
      ${Object.entries(sessions).map(([id, { context }]) => {
        const { customerNumber } = context.session;
        const number = customerNumber ? isolated(formatted(customerNumber)) : text('sessions.unknown');
        const name = context.links.contact?.name ?? calls[id]?.name ?? number;
        const chat = calls[id]?.chat === true;
        return html`<button
          type="button"
          aria-current=${id === sessionId ? 'true' : nothing}
          aria-label=${text(chat ? 'sessions.chat' : 'sessions.call', { name })}
          title=${name}
          @click=${() => panel.send({ type: 'showSession', sessionId: id })}
        >
          ${chat ? callIcons.chat : icons.phone}<span class="cut" dir="auto">${name}</span>
        </button>`;
      })}
    </nav>`;
  }
}
