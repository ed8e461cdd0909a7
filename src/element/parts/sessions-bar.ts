import { own } from '../../domain/own.js';
import { css, html, nothing } from 'lit';
import { screenStyles } from '../styles/screen-styles.js';
import { callIcons } from './call-icons.js';
import { formatted, isolated } from '../formatted-number.js';
import { icons } from './icons.js';
import { PanelScreen } from '../screens/panel-screen.js';
import { unknownWord } from '../unknown-person.js';

/** Several sessions at once: lists them and shows which one is on screen. */
export class SessionsBar extends PanelScreen {
  static override styles = [
    screenStyles,
    css`
      :host {
        display: block;
        min-width: 0;
        padding: var(--_1) var(--_3);
        border-bottom: 1px solid var(--_line);
        background: var(--_raised);
      }
      :host([empty]) {
        display: none;
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
        max-width: 100%;
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
      button.rings {
        flex-basis: 100%;
        border-color: var(--_good);
        color: var(--_good);
        font-weight: 600;
      }
      button.over {
        color: var(--_muted);
      }
      .badge {
        margin-inline-start: auto;
        padding: 0 var(--_1);
        border-radius: 8px;
        background: var(--_accent-fill);
        color: var(--_on-accent);
        font-size: var(--_small);
        line-height: 16px;
      }
      button[aria-current] {
        border-color: var(--_edge);
        background: var(--_ground);
        font-weight: 600;
      }
    `,
  ];

  protected override isShown(): boolean {
    return true;
  }

  protected override render() {
    const { panel, text } = this;
    const { sessions, sessionId, calls } = panel.snapshot.agent.context.leader;
    const several = Object.keys(sessions).length > 1;
    this.toggleAttribute('empty', !several);
    if (!several) return nothing;
    return html`<nav aria-label=${text('sessions.label')}>
      ${Object.entries(sessions).map(([id, { context }]) => {
        const { customerNumber } = context.session;
        const number = customerNumber ? isolated(formatted(customerNumber)) : text(unknownWord(context.session));
        const known = context.links.contact?.name ?? context.caller?.name ?? own(calls, id)?.name;
        // A contact that was created from its number has the number as its name.
        const name = known === undefined || known === customerNumber ? number : known;
        const chat = own(calls, id)?.chat === true;
        const kind = chat ? 'chat' : 'call';
        const unread = context.unread ?? 0;
        const work = own(calls, id)?.work;
        const rings = work === 'offered';
        const isOver = work !== 'on' && !rings;
        const state = rings ? 'incoming-' : isOver ? 'ended-' : '';
        const label = text(`sessions.${state}${kind}`, { name });
        return html`<button
          type="button"
          class=${rings ? 'rings' : isOver ? 'over' : ''}
          aria-current=${id === sessionId ? 'true' : nothing}
          aria-label=${unread > 0 ? `${label}, ${text('sessions.unread', { count: unread })}` : label}
          title=${name}
          @click=${() => panel.send({ type: 'showSession', sessionId: id })}
        >
          ${chat ? callIcons.chat : isOver ? callIcons.hangUp : icons.phone}<span class="cut" dir="auto"
            >${rings ? label : name}</span
          >${unread > 0 ? html` <span class="badge digits">${unread}</span>` : nothing}
        </button>`;
      })}
    </nav>`;
  }
}
