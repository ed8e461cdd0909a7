import { css, html, nothing, type TemplateResult } from 'lit';
import { clockTime, type Outcome } from '../../../domain/outcome.js';
import { callView, actFailureOf, type CallView } from '../../../machine/session/call-view.js';
import type { SessionAct, SessionCommand } from '../../../machine/session/session-context.js';
import { screenStyles, screenFrameStyles } from '../../styles/screen-styles.js';
import { callIcons } from '../../parts/call-icons.js';
import { languageName } from '../../formats.js';
import { formatted, isolated } from '../../formatted-number.js';
import { icons } from '../../parts/icons.js';
import type { MessageKey } from '../../localize.js';
import type { Panel } from '../../panel-context.js';
import { banner } from '../../parts/panel-banners.js';
import { inSightStyles, recordingLine, whoLine } from './in-sight.js';
import { PanelScreen } from '../panel-screen.js';
import { isInternal, unknownWord } from '../../unknown-person.js';

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

export const sessionStyles = css`
  :host {
    grid-template: minmax(0, 1fr) auto / minmax(0, 1fr);
  }
  .body {
    gap: var(--_3);
    padding-top: var(--_3);
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
  /* Short: uses as few rows as possible. */
  .who.short {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 0 var(--_2);
  }
  .who.short > * {
    flex: 0 0 100%;
    min-width: 0;
  }
  .who.short > :is(.phase, [role='timer'], .recording, .toggles) {
    flex: none;
    font-size: inherit;
    line-height: inherit;
  }
  .who.short > .recording {
    font-size: var(--_small);
  }
  .who.short > .outcome {
    flex: 0 0 100%;
  }
  .call > * {
    align-items: center;
    font-size: inherit;
    line-height: inherit;
  }
  /* The button is beside the text where there is room. */
  .message > div {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
  }
  .message > div > span {
    flex: 1 1 144px;
  }
  .message > div > strong {
    flex: 0 0 100%;
  }
  .connected {
    color: var(--_good);
  }
  .outcome {
    font-size: 1rem;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .doubtful {
    color: var(--_warn);
  }
  .lost {
    color: var(--_bad);
  }
  .links {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
  }
  .links .link {
    min-height: 24px;
  }
  .links svg {
    margin-block: 4px;
  }
  .links:has(ccai-record-change[open]) > .row {
    display: none;
  }
  .links:empty {
    display: none;
  }
  .row {
    display: flex;
    gap: var(--_2);
    align-items: start;
    min-width: 0;
  }
  .row svg {
    color: var(--_muted);
  }
`;

/** R35: whether the agent may change contact and ticket: not during a transfer, nor after a hand-over. */
const mayChange = ({ session, transfer, handedOver }: CallView): boolean =>
  session !== undefined && !session.voicemail && !transfer && !handedOver;

const kindOf = ({ chat, inbound, session }: CallView): MessageKey | undefined =>
  chat ? 'call.chat' : !inbound ? undefined : isInternal(session) ? 'internal.incoming' : 'call.inbound';

/** A chat has its own word for "completed". */
export const outcomeWord = (outcome: NonNullable<CallView['outcome']>, chat: boolean): MessageKey =>
  chat && outcome === 'completed' ? 'outcome.chat-completed' : `outcome.${outcome}`;

/** The titles of failed actions. */
const failures: Readonly<Record<SessionAct['do'], MessageKey>> = {
  answer: 'live.failed.answer',
  decline: 'live.failed.decline',
  end: 'live.failed.end',
  leave: 'live.failed.leave',
  mute: 'live.failed.mute',
  hold: 'live.failed.hold',
  redact: 'live.failed.redact',
  digits: 'live.failed.digits',
  transfer: 'live.failed.transfer',
  'complete-transfer': 'live.failed.transfer',
  'cancel-transfer': 'live.failed.cancel-transfer',
  add: 'live.failed.add',
  remove: 'live.failed.remove',
  save: 'live.failed.save',
  back: 'status.failed',
};

/** The screen of one session: customer, phase, links to contact and ticket (A10), and the agent's controls. */
export abstract class SessionScreen extends PanelScreen {
  static override styles = [screenStyles, screenFrameStyles, sessionStyles, inSightStyles];
  #timer: ReturnType<typeof setInterval> | undefined;
  #hadFocus = false;

  override connectedCallback(): void {
    super.connectedCallback();
    // Refreshes the displayed time. All other changes arrive as events.
    this.#timer = setInterval(() => this.requestUpdate(), 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  protected override willUpdate(): void {
    this.#hadFocus = Boolean((this.renderRoot as ShadowRoot | undefined)?.activeElement);
  }

  protected override updated(): void {
    if (this.lostFocus) this.focusFirst();
  }

  /** Q6: whether the focused element was removed. */
  protected get lostFocus(): boolean {
    return this.#hadFocus && !(this.renderRoot as ShadowRoot).activeElement;
  }

  protected get view(): CallView | undefined {
    return callView(this.panel.snapshot);
  }

  protected override isShown({ snapshot }: Panel): boolean {
    return callView(snapshot) !== undefined;
  }

  protected command(command: SessionCommand): void {
    const sessionId = this.view?.session?.id;
    if (sessionId !== undefined) this.panel.send({ type: 'session', sessionId, command });
  }

  protected readonly act = (act: SessionAct): void => this.command({ type: 'act', act });

  protected renderWho(view: CallView, short = false, toggles: unknown = nothing): TemplateResult {
    const { words } = this.panel;
    const number = view.number
      ? html`<bdi dir="ltr" class="digits">${formatted(view.number, view.extension)}</bdi>`
      : undefined;
    // A contact created from its number has the number as its name.
    const name = view.name && view.name !== view.number ? view.name : undefined;
    const language = view.language ? languageName(words, view.language) : undefined;
    const kind = kindOf(view);
    return html`
      <div class="who ${short ? 'short' : ''}">
        ${kind && toggles === nothing ? html`<p class="small">${this.text(kind)}${view.queue ? html` · <bdi>${view.queue}</bdi>` : nothing}</p>` : nothing}
        <h2 class="large break" dir="auto" tabindex="-1">${name ?? number ?? this.text(unknownWord(view.session))}</h2>
        <p class="small break">
          ${whoLine(view, words, [name && number, language])}
          ${toggles === nothing ? nothing : recordingLine(view, words)}
        </p>
        ${this.renderPhase(view)} ${toggles === nothing ? recordingLine(view, words) : toggles}
      </div>
    `;
  }

  /** The state of a connected session, and its duration. */
  protected renderTime({ connectedAt, ending, chat, held }: CallView): TemplateResult {
    const { text, panel } = this;
    const seconds = connectedAt ? Math.max(0, Math.floor((panel.now() - Date.parse(connectedAt)) / 1000)) : 0;
    const word = ending ? 'call.ending' : held ? 'live.on-hold' : 'call.connected';
    // Without a connection the state is uncertain, so it has no colour.
    const look = held ? 'doubtful' : panel.snapshot.agent.context.leader.connection === 'up' ? 'connected' : '';
    return html`
      <span class="phase ${look}" role="status">
        ${chat ? callIcons.chat : held ? callIcons.hold : icons.phone}${text(word)}
      </span>
      <span class="large digits" role="timer" aria-label=${text(chat ? 'chat.time' : 'call.time')} aria-live="off">
        ${clockTime(seconds)}
      </span>
    `;
  }

  protected renderPhase(view: CallView) {
    const { text } = this;
    const { phase, outcome, endedBy, talkSeconds, ending, chat, inbound, transfers } = view;
    if (outcome) {
      const by = endedBy && outcome === 'completed' ? text(`outcome.by.${endedBy}`) : '';
      const time = talkSeconds ? html`<span class="digits">${clockTime(talkSeconds)}</span>` : nothing;
      // R13: the colleague who took over.
      const to = outcome === 'handed-over' && transfers?.findLast((one) => one.outcome === 'finished')?.target;
      const word = to
        ? text('outcome.handed-over.to', { name: isolated(to.label || to.id) })
        : text(outcomeWord(outcome, chat));
      return html`
        <p class="phase outcome ${outcomeLook[outcome].kind}" role="status">${outcomeLook[outcome].icon}${word}</p>
        ${by || talkSeconds ? html`<p class="small">${by} ${time}</p>` : nothing}
      `;
    }
    if (phase === 'connected') return this.renderTime(view);
    if (phase !== 'dialling' && phase !== 'calling') return nothing;
    const calling = inbound ? 'call.connecting' : 'call.calling';
    const word = ending ? 'call.ending' : phase === 'dialling' ? 'call.dialling' : calling;
    return html`<p class="phase" role="status">${text(word)}</p>`;
  }

  /** A10: the question for contact and ticket while it is open, then their links. */
  protected renderRecord(view: CallView, bare = false): TemplateResult | typeof nothing {
    if (!view.choice) return this.renderLinks(view);
    return view.choice.isColleagues
      ? html`<p class="small" role="status">${this.text('choice.handed-over')}</p>`
      : html`<ccai-record-choice ?bare=${bare}></ccai-record-choice>`;
  }

  protected renderLinks(view: CallView): TemplateResult | typeof nothing {
    const { links, writesNothing, phase } = view;
    const { text, panel } = this;
    const { contact, ticket } = links;
    if (writesNothing)
      return html`<div class="message">
        ${callIcons.none}
        <div><span>${text('call.unrecorded')}</span></div>
      </div>`;
    if (phase === 'dialling') return nothing;
    const saving = (!contact || !ticket) && ticket !== 'none';
    return html`
      <div class="links">
        ${
          contact
            ? html`<div class="row">
                ${callIcons.open}<button
                  type="button"
                  class="link cut"
                  dir="auto"
                  title=${contact.name}
                  @click=${() => panel.openContact(contact.id)}
                >
                  ${text('call.contact', { name: contact.name === view.number ? isolated(formatted(view.number)) : contact.name })}
                </button>
              </div>`
            : nothing
        }
        ${
          ticket && ticket !== 'none'
            ? html`<div class="row">
                ${callIcons.open}<button
                  type="button"
                  class="link cut"
                  dir="auto"
                  title=${ticket.subject}
                  @click=${() => panel.openTicket(ticket.id)}
                >
                  ${text('call.ticket', { id: ticket.id, status: text(`ticket.${ticket.status}`), subject: ticket.subject })}
                </button>
              </div>`
            : nothing
        }
        ${
          ticket && ticket !== 'none' && mayChange(view)
            ? html`<ccai-record-change .sessionId=${view.session!.id}></ccai-record-change>`
            : nothing
        }
        ${saving ? html`<p class="small" role="status">${text('call.saving', { crm: panel.crm })}</p>` : nothing}
        ${ticket === 'none' ? html`<p class="small" role="status">${text('call.discarded', { crm: panel.crm })}</p>` : nothing}
      </div>
    `;
  }

  /** Failures of the platform's actions. */
  protected renderTroubles(view: CallView): TemplateResult {
    const { text, panel } = this;
    const failed = actFailureOf(view);
    return html`
      ${
        view.deviceLost && view.phase === 'connected'
          ? banner(
              'warn',
              text('live.device-lost'),
              view.can('devices')
                ? this.button(text('options.sound'), () => panel.send({ type: 'showOptions', page: 'sound' }), 'quiet')
                : nothing,
            )
          : nothing
      }
      ${
        view.refusedTransfer && view.phase === 'connected'
          ? banner(
              'warn',
              text('live.transfer-refused', { name: view.refusedTransfer.label || view.refusedTransfer.id }),
              this.button(text('action.close'), () => this.command({ type: 'closeFailure' }), 'quiet'),
            )
          : nothing
      }
      ${
        failed && view.actFailure
          ? this.trouble(
              text(failures[view.actFailure.act.do]),
              failed,
              this.button(text('action.close'), () => this.command({ type: 'closeFailure' }), 'quiet'),
              'phone',
            )
          : nothing
      }
    `;
  }
}
