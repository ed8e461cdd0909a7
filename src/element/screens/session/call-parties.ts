import { css, html, nothing } from 'lit';
import { callView, type CallView } from '../../../machine/session/call-view.js';
import type { SessionAct } from '../../../machine/session/session-context.js';
import type { Participant } from '../../../telephony/telephony.js';
import { screenStyles } from '../../styles/screen-styles.js';
import { callIcons } from '../../parts/call-icons.js';
import { formatted } from '../../formatted-number.js';
import type { Panel } from '../../panel-context.js';
import { PanelScreen } from '../panel-screen.js';

/** A4: a transfer in progress, and the participants. It shows when the customer is on hold. */
export class CallParties extends PanelScreen {
  static override styles = [
    screenStyles,
    css`
      :host {
        display: grid;
        gap: var(--_2);
        padding: var(--_2) var(--_3);
        border: 1px solid var(--_edge);
        border-radius: var(--_radius);
      }
      h3 {
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      ul {
        display: grid;
        gap: var(--_1);
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--_2);
      }
      li .name {
        flex: 1 1 96px;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      /* The buttons of a participant stay together. */
      .acts {
        display: flex;
        flex-wrap: wrap;
        margin-inline-start: auto;
      }
      .acts > .button {
        padding-inline: var(--_2);
        font-size: var(--_small);
      }
      .button {
        scroll-margin-block-end: 128px;
      }
    `,
  ];

  protected override isShown({ snapshot }: Panel): boolean {
    return callView(snapshot)?.phase === 'connected';
  }

  protected override render() {
    const view = callView(this.panel.snapshot);
    if (!view) return nothing;
    const { participants = [], name, number, held = false } = view;
    const others = participants.filter(({ kind }) => kind !== 'customer');
    const customer = participants.find(({ kind }) => kind === 'customer');
    // The platform may have only a number as the label.
    const label = name || (number && formatted(number)) || customer?.label;
    const all: Participant[] = [
      { id: 'customer', kind: 'customer', label: label || '', held: customer?.held ?? held },
      ...others,
    ];
    return html`
      ${view.transfer ? this.#renderTransfer(view) : nothing}
      ${
        others.length > 0 && (!view.transfer || others.length > 1)
          ? html`<ul aria-label=${this.text('parties.label')}>
              ${all.map((one) => this.#renderParty(view, one))}
            </ul>`
          : nothing
      }
    `;
  }

  #renderTransfer(view: CallView) {
    const { text } = this;
    const { target, mode, joined } = view.transfer!;
    const name = target.label || target.id;
    const title = mode === 'cold' ? 'parties.transferring' : joined ? 'parties.consulting' : 'parties.calling';
    return html`
      <div role="status">
        <h3 dir="auto">${text(title, { name })}</h3>
        ${mode === 'warm' ? html`<p class="small">${text(view.held ? 'parties.customer-held' : 'parties.customer-on')}</p>` : nothing}
      </div>
    `;
  }

  #renderParty({ can }: CallView, { id, kind, label, held }: Participant) {
    const { text } = this;
    const isCustomer = kind === 'customer';
    return html`<li>
      ${callIcons.person}
      <span class="name" dir="auto"
        >${label || text('parties.customer')}${held ? html` <span class="small">${text('live.on-hold')}</span>` : nothing}</span
      >
      ${
        isCustomer || !can('conference')
          ? nothing
          : html`<span class="acts">
              ${
                can('hold')
                  ? html`<button
                      type="button"
                      class="button quiet"
                      aria-pressed=${held}
                      aria-label=${text('parties.hold', { name: label })}
                      @click=${() => this.#act({ do: 'hold', on: !held, participantId: id })}
                    >
                      ${text('live.hold')}
                    </button>`
                  : nothing
              }
              <button
                type="button"
                class="button quiet"
                aria-label=${text('parties.remove.who', { name: label })}
                @click=${() => this.#act({ do: 'remove', participantId: id })}
              >
                ${text('parties.remove')}
              </button>
            </span>`
      }
    </li>`;
  }

  #act(act: SessionAct): void {
    const sessionId = callView(this.panel.snapshot)?.session?.id;
    if (sessionId !== undefined) this.panel.send({ type: 'session', sessionId, command: { type: 'act', act } });
  }
}
