import { languageName } from './formats.js';
import { css, html, nothing } from 'lit';
import { clockTime, type Outcome } from '../domain/outcome.js';
import { callView, type CallView } from '../machine/call-view.js';
import { activeElement } from './active-element.js';
import { baseStyles, frameStyles } from './base-styles.js';
import { formatted, isolated } from './formatted-number.js';
import { callIcons } from './call-icons.js';
import { icons } from './icons.js';
import type { Panel } from './panel-context.js';
import { PanelScreen } from './panel-screen.js';

const good = { kind: 'connected', icon: icons.check };
const doubtful = { kind: 'doubtful', icon: icons.warning };
const bad = { kind: 'lost', icon: icons.warning };
const outcomeLook: Record<Outcome | 'handed-over', typeof good> = {
  'handed-over': good,
  completed: good,
  busy: doubtful,
  'no-answer': doubtful,
  rejected: doubtful,
  'wrong-number': doubtful,
  cancelled: { kind: '', icon: icons.close },
  abandoned: doubtful,
  microphone: bad,
  connection: bad,
  failed: bad,
};

const doubleClick = 500;

/** A call, from Call to its outcome in words, with its contact and ticket as links (A10). */
export class CallScreen extends PanelScreen {
  static override styles = [
    baseStyles,
    frameStyles,
    css`
      :host {
        grid-template: minmax(0, 1fr) auto / minmax(0, 1fr);
      }
      .body {
        gap: var(--_4);
        padding-top: var(--_4);
      }
      .who {
        display: grid;
        gap: var(--_1);
        text-align: center;
      }
      .phase {
        display: inline-flex;
        justify-content: center;
        gap: var(--_2);
        color: var(--_muted);
      }
      /* The question beside it needs the room. */
      .who.short {
        grid-template-columns: 1fr auto auto 1fr;
        column-gap: var(--_2);
      }
      .who.short > * {
        grid-column: 1 / -1;
      }
      .who.short > .phase {
        grid-column: 2;
      }
      .who.short > [role='timer'] {
        grid-column: 3;
        font-size: inherit;
        line-height: inherit;
      }
      .connected {
        color: var(--_good);
      }
      .outcome {
        font-size: 1rem;
        font-weight: 600;
      }
      .doubtful {
        color: var(--_warn);
      }
      .lost {
        color: var(--_bad);
      }
      .links {
        display: grid;
        gap: var(--_2);
        padding: var(--_3);
        border: 1px solid var(--_line);
        border-radius: var(--_radius);
      }
      .links:empty {
        display: none;
      }
      .row {
        display: flex;
        gap: var(--_2);
        align-items: start;
      }
      .row svg {
        color: var(--_muted);
      }
    `,
  ];
  #timer: ReturnType<typeof setInterval> | undefined;
  #phase: CallView['phase'] | undefined;
  #hadFocus = false;
  /** When the way to end the call came on screen. */
  #since = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    // Only the shown time goes on by itself; what happens is said by events.
    this.#timer = setInterval(() => this.requestUpdate(), 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  /** An Enter that is held down on Call must not end the call: nothing that acts has the focus, but when it is over. */
  override focusFirst(): void {
    const phase = callView(this.panel.snapshot)?.phase;
    this.renderRoot.querySelector<HTMLElement>(phase === 'ended' ? '[data-first]' : 'h1')?.focus();
  }

  protected override updated(): void {
    const phase = callView(this.panel.snapshot)?.phase;
    const ends = phase === 'ended' && this.#phase !== 'ended';
    const isOn = (one: typeof phase) => one === 'calling' || one === 'connected';
    if (isOn(phase) && !isOn(this.#phase)) this.#since = performance.now();
    this.#phase = phase;
    if (ends && activeElement()?.getRootNode() === this.renderRoot) this.focusFirst();
    // What had the focus may be gone.
    else if (this.#hadFocus && !(this.renderRoot as ShadowRoot).activeElement) this.focusFirst();
  }

  protected override willUpdate(): void {
    this.#hadFocus = Boolean((this.renderRoot as ShadowRoot | undefined)?.activeElement);
  }

  protected override isShown({ snapshot }: Panel): boolean {
    return callView(snapshot) !== undefined;
  }

  protected override render() {
    const { panel } = this;
    const view = callView(panel.snapshot);
    if (!view) return nothing;
    return html`
      <div class="body">
        ${this.#renderWho(view)}
        ${view.endFailure ? this.trouble(this.text('call.end.failed'), view.endFailure, nothing, 'phone') : nothing}
        ${
          view.recordFailure
            ? this.trouble(
                this.text('call.record.failed', { crm: panel.crm }),
                view.recordFailure,
                this.button(this.text('action.retry'), () => panel.send({ type: 'retryRecords' }), 'quiet'),
              )
            : nothing
        }
        ${view.choice ? html`<ccai-record-choice></ccai-record-choice>` : this.#renderLinks(view)}
      </div>
      <div class="footer"><div class="actions">${this.#renderActions(view)}</div></div>
    `;
  }

  #renderWho(view: CallView) {
    const { words } = this.panel;
    const number = view.number
      ? html`<bdi dir="ltr" class="digits">${formatted(view.number, view.extension)}</bdi>`
      : undefined;
    // A contact that was made from its number is named by it.
    const name = view.name && view.name !== view.number ? view.name : undefined;
    const language = view.language ? languageName(words, view.language) : undefined;
    const kind = view.chat ? this.text('call.chat') : view.inbound ? this.text('call.inbound') : undefined;
    return html`
      <div class="who ${view.choice ? 'short' : ''}">
        ${kind ? html`<p class="small">${kind}${view.queue ? html` · <bdi>${view.queue}</bdi>` : nothing}</p>` : nothing}
        <h1 class="large break" dir="auto" tabindex="-1">${name ?? number ?? this.text('call.unknown')}</h1>
        <p class="small break">
          ${name ? number : nothing}${name && number && language ? ' · ' : nothing}${language ?? nothing}
        </p>
        ${this.#renderPhase(view)}
      </div>
    `;
  }

  #renderPhase({ phase, connectedAt, outcome, endedBy, talkSeconds, ending, chat }: CallView) {
    const { text, panel } = this;
    if (phase === 'ended') {
      const by = endedBy && outcome === 'completed' ? text(`outcome.by.${endedBy}`) : '';
      return html`
        <p class="phase outcome ${outcomeLook[outcome ?? 'completed'].kind}" role="status">
          ${outcomeLook[outcome ?? 'completed'].icon}${text(`outcome.${outcome ?? 'completed'}`)}
        </p>
        <p class="small">
          ${by} ${talkSeconds ? html`<span class="digits">${clockTime(talkSeconds)}</span>` : nothing}
        </p>
      `;
    }
    if (phase === 'connected') {
      const seconds = connectedAt ? Math.max(0, Math.floor((panel.now() - Date.parse(connectedAt)) / 1000)) : 0;
      return html`
        <p class="phase connected" role="status">
          ${chat ? callIcons.chat : icons.phone}${text(ending ? 'call.ending' : 'call.connected')}
        </p>
        <p class="large digits" role="timer" aria-label=${text('call.time')} aria-live="off">${clockTime(seconds)}</p>
      `;
    }
    const word = ending ? 'call.ending' : phase === 'dialling' ? 'call.dialling' : 'call.calling';
    return html`<p class="phase" role="status">${text(word)}</p>`;
  }

  #renderLinks(view: CallView) {
    const { links, unrecorded, phase } = view;
    const { text, panel } = this;
    const { contact, ticket } = links;
    if (unrecorded)
      return html`<div class="message">
        ${callIcons.none}
        <div><span>${text('call.unrecorded')}</span></div>
      </div>`;
    if (phase === 'dialling') return nothing;
    const saving = !contact || !ticket || ticket === 'none';
    return html`
      <div class="links">
        ${
          contact
            ? html`<div class="row">
                ${callIcons.open}<button type="button" class="link" @click=${() => panel.openContact(contact.id)}>
                  ${text('call.contact', { name: contact.name === view.number ? isolated(formatted(view.number)) : contact.name })}
                </button>
              </div>`
            : nothing
        }
        ${
          ticket && ticket !== 'none'
            ? html`<div class="row">
                ${callIcons.open}<button type="button" class="link" @click=${() => panel.openTicket(ticket.id)}>
                  ${text('call.ticket', { id: ticket.id, status: text(`ticket.${ticket.status}`), subject: ticket.subject })}
                </button>
              </div>`
            : nothing
        }
        ${saving ? html`<p class="small" role="status">${text('call.saving', { crm: panel.crm })}</p>` : nothing}
      </div>
    `;
  }

  /** End call comes to where Call was: the second half of a double click on Call must not end what the first began. */
  #onEnd = ({ detail }: MouseEvent): void => {
    const byPointer = detail > 0;
    if (byPointer && (detail > 1 || performance.now() - this.#since < doubleClick)) return;
    this.panel.send({ type: 'endCall' });
  };

  #renderActions({ phase, chat }: CallView) {
    const { text, panel } = this;
    if (phase === 'dialling') return this.button(text('action.cancel'), () => panel.form({ type: 'cancel' }));
    if (phase === 'ended')
      return html`<button
        type="button"
        class="button main"
        data-first
        @click=${() => panel.send({ type: 'dismissCall' })}
      >
        ${text('action.done')}
      </button>`;
    // The conversation itself stays with the platform; beside it there can be a call.
    if (chat)
      return html`
        ${this.button(text('call.end-chat'), () => panel.send({ type: 'endCall' }))}
        <button type="button" class="button main" @click=${() => panel.dial({ from: 'adapter' })}>
          ${icons.keypad}${text('main.dial')}
        </button>
      `;
    return html`<button type="button" class="button bad" @click=${this.#onEnd}>
      ${callIcons.hangUp}${text('action.end')}
    </button>`;
  }
}
