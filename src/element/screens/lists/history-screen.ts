import { css, html, nothing } from 'lit';
import { clockTime } from '../../../domain/outcome.js';
import { isChat } from '../../../domain/session.js';
import type { SessionSummary } from '../../../telephony/telephony.js';
import { callIcons } from '../../parts/call-icons.js';
import { facts, type Fact } from '../../parts/facts.js';
import { dateTime, dayOrTime, languageName } from '../../formats.js';
import { formatted } from '../../formatted-number.js';
import { ListScreen } from './list-screen.js';
import type { MessageKey } from '../../localize.js';

function iconOf({ session, missed }: SessionSummary) {
  if (isChat(session)) return callIcons.chat;
  if (missed) return callIcons.missedCall;
  return session.direction === 'inbound' ? callIcons.incoming : callIcons.outgoing;
}

/** R35: whether the agent may change contact and ticket. The leader knows whether the facts are still here. */
function isCorrectable({ session, startedAt, durations, missed }: SessionSummary, now: number): boolean {
  const { ticketId } = session.record ?? {};
  const ended = Date.parse(startedAt) + durations.total * 1000;
  return ticketId !== undefined && ticketId !== 'none' && !missed && !session.voicemail && now - ended < 24 * 3_600_000;
}

/** A3: past calls and chats, all or only the missed ones. */
export class HistoryScreen extends ListScreen<'history'> {
  static override properties = { ...ListScreen.properties, _missed: { state: true } };
  static override styles = [
    ...ListScreen.styles,
    css`
      .filter {
        display: flex;
        gap: var(--_1);
        padding: var(--_2) var(--_4) 0;
      }
      .filter:empty {
        display: none;
      }
      .filter button {
        min-height: 32px;
        padding: 0 var(--_3);
        border: 1px solid var(--_line);
        border-radius: 16px;
        background: var(--_ground);
        cursor: pointer;
      }
      .filter button[aria-pressed='true'] {
        border-color: var(--_accent);
        color: var(--_accent);
        font-weight: 600;
      }
    `,
  ];
  declare protected _missed: boolean;
  protected readonly list = 'history';
  protected readonly words = { title: 'tabs.history', empty: 'history.empty', failed: 'history.failed' } as const;

  constructor() {
    super();
    this._missed = false;
  }

  protected keyOf({ session }: SessionSummary): string {
    return session.id;
  }

  protected override shownItems(): readonly SessionSummary[] {
    const items = super.shownItems();
    return this._missed ? items.filter(({ missed }) => missed) : items;
  }

  protected override renderFilter() {
    const filter = (missed: boolean, label: MessageKey) =>
      html`<button type="button" aria-pressed=${this._missed === missed} @click=${() => (this._missed = missed)}>
        ${this.text(label)}
      </button>`;
    return html`${filter(false, 'history.all')}${filter(true, 'history.missed')}`;
  }

  protected renderItem(item: SessionSummary) {
    const { session, startedAt, durations, missed } = item;
    const { words } = this.panel;
    return html`<button
      type="button"
      class="item ${missed ? 'missed' : ''}"
      data-key=${session.id}
      @click=${() => this.open(session.id)}
    >
      ${iconOf(item)}
      <span class="name cut" dir="auto" title=${this.who(session)}>${this.who(session)}</span>
      <span class="what small cut" title=${this.#outcome(item)}>${this.#outcome(item)}</span>
      <span class="when small digits"
        >${dayOrTime(words, startedAt, this.panel.now())}${
          durations.talk > 0 ? html`<br />${clockTime(durations.talk)}` : nothing
        }</span
      >
    </button>`;
  }

  /** A translation for a known outcome, else the platform's word. */
  #outcome({ session, outcome, missed }: SessionSummary): string {
    const { text, panel } = this;
    if (isChat(session)) return this.#chatOutcome(outcome, missed);
    const key = `outcome.${outcome}`;
    const kind = text(session.direction === 'inbound' ? 'history.incoming' : 'history.outgoing');
    const word = missed ? text('history.was-missed') : panel.words.has(key) ? text(key) : outcome;
    return `${kind} · ${word}`;
  }

  #chatOutcome(outcome: string, missed: boolean): string {
    const { text, panel } = this;
    if (missed) return text('chat.missed');
    if (outcome === 'completed') return text('chat.ended');
    const key = outcome === 'abandoned' ? 'outcome.chat-abandoned' : `outcome.${outcome}`;
    return `${text('call.chat')} · ${panel.words.has(key) ? text(key) : outcome}`;
  }

  protected renderDetails(item: SessionSummary) {
    const { text, panel } = this;
    const { session, startedAt, durations } = item;
    const chat = isChat(session);
    const rows: readonly Fact[] = [
      ['info.outcome', this.#outcome(item)],
      [
        'info.number',
        session.customerNumber && html`<bdi dir="ltr">${formatted(session.customerNumber, session.extension)}</bdi>`,
      ],
      ['info.started', dateTime(panel.words, startedAt)],
      [
        chat ? 'chat.time' : 'info.talk',
        durations.talk > 0 && html`<span class="digits">${clockTime(durations.talk)}</span>`,
      ],
      ['info.queue', session.queue?.path.join(' › ')],
      ['details.language', session.language && languageName(panel.words, session.language)],
      [chat ? 'info.chat-id' : 'info.id', html`<bdi dir="ltr">${session.id}</bdi>`],
    ];
    return html`
      <h3 class="large break" dir="auto">${this.who(session)}</h3>
      ${this.renderActions(session)}
      ${
        isCorrectable(item, panel.now())
          ? html`<ccai-record-change .sessionId=${session.id}></ccai-record-change>`
          : nothing
      }
      ${facts(text, rows)}
    `;
  }
}
