import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Chat, ChatView } from '../../../desktop/chats/tab-chats.js';
import type { ShownMessage } from '../../../machine/chat/conversation.js';
import { isolated } from '../../formatted-number.js';
import { callIcons } from '../../parts/call-icons.js';
import { icons } from '../../parts/icons.js';
import { screenStyles } from '../../styles/screen-styles.js';
import { PanelScreen } from '../panel-screen.js';
import { chatMessagesStyles } from './chat-styles.js';
import { fileLine, longText, withLinks } from './message-text.js';
import { MessageHeights, type ReadingPosition } from './message-window.js';

/** Pixels from the end within which the list follows new messages. */
const nearTheEnd = 24;
/** Pixels from the top within which older messages are loaded. */
const nearTheTop = 200;
/** Milliseconds. Messages that come together are announced together. */
const announcedAfter = 500;
/** Milliseconds between two messages of one author that stand under one name. */
const together = 120_000;

/** A15: the conversation of a chat. It follows the newest message, unless the agent reads further up. */
export class ChatMessages extends PanelScreen {
  static override properties = {
    sessionId: { attribute: false },
    customer: { attribute: false },
    _expanded: { state: true },
  };
  static override styles = [screenStyles, chatMessagesStyles];
  declare sessionId: string;
  /** The customer's name, for messages without one. */
  declare customer: string;
  /** The long messages that the agent has opened. */
  declare protected _expanded: ReadonlySet<string>;
  readonly #heights = new MessageHeights();
  /** The reading positions of all chats. Without one, the list follows the newest message. */
  readonly #positions = new Map<string, ReadingPosition>();
  /** The newest message of each chat that the agent has had in sight. */
  readonly #seen = new Map<string, string>();
  #top = 0;
  /** The heights of the contents and of the list, when the list was last put in its place. */
  #laidOut: readonly [number, number] = [0, 0];
  #window = { from: 0, to: 0, above: 0, below: 0 };
  #announced: { sessionId: string; key: string | undefined } | undefined;
  #announceTimer: ReturnType<typeof setTimeout> | undefined;
  /** With less or more room, the reading position stays. */
  readonly #sizes = new ResizeObserver(() => this.#list && this.#restore(this.#list));

  constructor() {
    super();
    this._expanded = new Set();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#see);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#see);
    clearTimeout(this.#announceTimer);
    this.#announceTimer = undefined;
    this.#sizes.disconnect();
  }

  protected override isShown(): boolean {
    return true;
  }

  protected override shows(): readonly unknown[] {
    return [this.#chat?.view];
  }

  get #chat(): Chat | undefined {
    return this.panel.desktop.chat(this.sessionId);
  }

  get #messages(): readonly ShownMessage[] {
    return this.#chat?.view?.messages ?? [];
  }

  get #list(): HTMLElement | null {
    return this.renderRoot.querySelector('.log');
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('sessionId')) this._expanded = new Set();
    const list = this.hasUpdated ? this.#list : null;
    // The agent has scrolled, and the browser has not told it yet.
    if (list && !changed.has('sessionId') && Math.abs(list.scrollTop - this.#top) > 1) this.#keepPosition(list);
    const keys = this.#messages.map(({ key }) => key);
    this.#window = this.#heights.window(keys, this.#positions.get(this.sessionId));
  }

  protected override updated(): void {
    const list = this.#list;
    if (!list) return;
    this.#sizes.observe(list);
    const { above, below } = this.#window;
    for (const [part, height] of [
      ['.above', above],
      ['.below', below],
    ] as const)
      list.querySelector<HTMLElement>(part)!.style.height = `${height}px`;
    for (const row of list.querySelectorAll<HTMLElement>('li[data-key]'))
      this.#heights.measure(row.dataset['key']!, row.offsetHeight);
    this.#restore(list);
    this.#see();
    this.#announceSoon();
  }

  /** Puts the message that the agent reads where it was, or the newest one at the end. */
  #restore(list: HTMLElement): void {
    this.#laidOut = [list.scrollHeight, list.clientHeight];
    const position = this.#positions.get(this.sessionId);
    const row = position && list.querySelector<HTMLElement>(`li[data-key="${CSS.escape(position.key)}"]`);
    if (row) list.scrollTop += topOf(row, list) - position.offset;
    else list.scrollTop = list.scrollHeight;
    this.#top = list.scrollTop;
  }

  #onScroll = (): void => {
    const list = this.#list;
    const view = this.#chat?.view;
    if (!list || !view) return;
    // The contents or the room have changed, not the agent's place.
    if (list.scrollHeight !== this.#laidOut[0] || list.clientHeight !== this.#laidOut[1]) return this.#restore(list);
    const before = this.#positions.get(this.sessionId);
    this.#keepPosition(list);
    if (list.scrollTop < nearTheTop && view.hasOlder && view.state === 'shown') this.#chat?.load();
    const after = this.#positions.get(this.sessionId);
    const { from, to } = this.#heights.window(
      this.#messages.map(({ key }) => key),
      after,
    );
    if (from !== this.#window.from || to !== this.#window.to || (before === undefined) !== (after === undefined))
      this.requestUpdate();
    this.#see();
  };

  #keepPosition(list: HTMLElement): void {
    this.#top = list.scrollTop;
    const isAtTheEnd = list.scrollHeight - list.clientHeight - list.scrollTop < nearTheEnd;
    const position = isAtTheEnd ? undefined : this.#positionIn(list);
    if (position) this.#positions.set(this.sessionId, position);
    else if (isAtTheEnd) this.#positions.delete(this.sessionId);
  }

  #positionIn(list: HTMLElement): ReadingPosition | undefined {
    for (const row of list.querySelectorAll<HTMLElement>('li[data-key]')) {
      const offset = topOf(row, list);
      if (offset + row.offsetHeight > 0 && offset < list.clientHeight) return { key: row.dataset['key']!, offset };
    }
    // The agent has scrolled past what is in the document.
    return this.#heights.at(
      this.#messages.map(({ key }) => key),
      list.scrollTop,
    );
  }

  /** A15: tells what the agent has seen: the newest message is in sight in a panel that is shown. */
  readonly #see = (): void => {
    if (!this.isConnected || this.#positions.has(this.sessionId) || this.panel.desktop.isShown?.() === false) return;
    const newest = this.#messages.findLast(({ id }) => id !== undefined);
    if (!newest || this.#seen.get(this.sessionId) === newest.key) return;
    const isFirst = !this.#seen.has(this.sessionId);
    this.#seen.set(this.sessionId, newest.key);
    if (newest.from === 'customer' || isFirst) this.#chat?.see(newest.id!);
  };

  /** How many messages of the customer stand below what the agent has seen. */
  get #newBelow(): number {
    const seen = this.#messages.findLastIndex(({ key }) => key === this.#seen.get(this.sessionId));
    return this.#messages.slice(seen + 1).filter(({ from }) => from === 'customer').length;
  }

  #announceSoon(): void {
    this.#announceTimer ??= setTimeout(() => {
      this.#announceTimer = undefined;
      if (this.isConnected) this.#announce();
    }, announcedAfter);
  }

  /** Announces new messages politely: one by its words, several by their number. */
  #announce(): void {
    const { sessionId, text } = this;
    const messages = this.#messages.filter(({ from }) => from !== 'agent');
    const isSame = this.#announced?.sessionId === sessionId;
    const last = this.#announced?.key;
    if (!isSame && this.#chat?.view?.state !== 'shown' && this.#chat?.view?.state !== 'failed') return;
    this.#announced = { sessionId, key: messages.at(-1)?.key };
    if (!isSame) return;
    const fresh = messages.slice(messages.findLastIndex(({ key }) => key === last) + 1);
    const [one] = fresh;
    const region = this.renderRoot.querySelector('#announced');
    if (!one || !region) return;
    const said = (one.text ?? text('chat.sent-files', { count: one.files.length })).slice(0, longText);
    region.textContent =
      fresh.length > 1
        ? text('chat.new', { count: fresh.length })
        : one.from === 'system'
          ? said
          : text('chat.said', { name: this.#nameOf(one), text: said });
  }

  protected override render() {
    const { text } = this;
    const view = this.#chat?.view;
    const { from, to } = this.#window;
    const shown = this.#messages.slice(from, to);
    const isBehind = this.#positions.has(this.sessionId);
    const lastOwn = this.#messages.findLast((one) => one.from === 'agent')?.key;
    return html`
      ${view?.state === 'failed' ? this.#trouble(text('chat.not-loaded'), view) : nothing}
      <div class="room">
        <div
          class="log"
          role="log"
          aria-live="off"
          aria-label=${text('chat.messages')}
          aria-busy=${view === undefined || view.state === 'loading'}
          tabindex="0"
          @scroll=${this.#onScroll}
        >
          ${view?.state === 'not-added' ? this.#trouble(text('chat.not-added'), view) : nothing}
          <div class="above"></div>
          <ul>
            ${repeat(
              shown,
              ({ key }) => key,
              (message, at) => this.#renderMessage(message, this.#messages[from + at - 1], message.key === lastOwn),
            )}
          </ul>
          <div class="below"></div>
          ${this.#renderTyping(view)} ${this.#renderNothing(view)}
        </div>
        ${isBehind ? this.#renderToTheEnd() : nothing}
      </div>
      <div id="announced" class="visually-hidden" role="status"></div>
    `;
  }

  #trouble(title: string, { failure }: ChatView): TemplateResult {
    const retry = this.button(this.text('action.retry'), () => this.#chat?.load(), 'quiet');
    return html`<div class="trouble">${this.trouble(title, failure, retry, 'phone')}</div>`;
  }

  #renderNothing(view: ChatView | undefined) {
    if (this.#messages.length > 0 || view?.state === 'failed') return nothing;
    const isLoading = view === undefined || view.state === 'idle' || view.state === 'loading';
    return html`<p class="small nothing" role="status">${this.text(isLoading ? 'chat.loading' : 'chat.empty')}</p>`;
  }

  /** It stands below the messages, and is announced by no one: it comes and goes. */
  #renderTyping(view: ChatView | undefined) {
    if (!view?.typing) return nothing;
    const name = view.typing === 'agent' ? this.text('chat.agent') : this.customer;
    return html`<p class="small typing">${this.text('chat.typing', { name: isolated(name) })}</p>`;
  }

  #renderToTheEnd(): TemplateResult {
    const count = this.#newBelow;
    return html`<button type="button" class="button newest" @click=${this.#toTheEnd}>
      ${icons.down}${count > 0 ? this.text('chat.new', { count }) : this.text('chat.newest')}
    </button>`;
  }

  readonly #toTheEnd = (): void => {
    this.#positions.delete(this.sessionId);
    this.#list?.focus();
    this.requestUpdate();
  };

  #nameOf({ from, name, delivery }: ShownMessage): string {
    if (from === 'customer') return name ?? this.customer;
    return delivery.state === 'received' ? (name ?? this.text('chat.agent')) : this.text('chat.you');
  }

  #renderMessage(message: ShownMessage, before: ShownMessage | undefined, isLastOwn: boolean): TemplateResult {
    const { words } = this.panel;
    const { key, at, from, text = '', files } = message;
    const time = html`<time class="digits" datetime=${at}><bdi>${words.time(at)}</bdi></time>`;
    if (from === 'system')
      return html`<li data-key=${key} class="system small"><span dir="auto">${withLinks(text)}</span> ${time}</li>`;
    const isGoingOn =
      before?.from === from &&
      this.#nameOf(before) === this.#nameOf(message) &&
      Date.parse(at) - Date.parse(before.at) < together;
    return html`<li data-key=${key} class=${from}>
      <p class=${isGoingOn ? 'visually-hidden' : 'small by'}><bdi>${this.#nameOf(message)}</bdi> ${time}</p>
      <div class="bubble">
        ${text === '' && files.length === 0 ? html`<em>${this.text('chat.no-text')}</em>` : nothing}
        ${text === '' ? nothing : this.#renderText(key, text)} ${files.map((file) => fileLine(file, words))}
      </div>
      ${this.#renderDelivery(message, isLastOwn)}
    </li>`;
  }

  #renderText(key: string, text: string): TemplateResult {
    const isCut = text.length > longText && !this._expanded.has(key);
    const isOpened = text.length > longText && !isCut;
    const words = html`<span class="words">${withLinks(isCut ? `${text.slice(0, longText)}…` : text)}</span>`;
    return html`<div class=${isOpened ? 'all' : ''} dir="auto" tabindex=${isOpened ? 0 : nothing}>${words}</div>
      ${
        isCut
          ? html`<button
              type="button"
              class="link small"
              @click=${() => (this._expanded = new Set([...this._expanded, key]))}
            >
              ${this.text('chat.more-text')}
            </button>`
          : nothing
      }`;
  }

  /** Whether the message is with the customer. Of those that are, only the last says so. */
  #renderDelivery({ key, delivery, text: said = '', files }: ShownMessage, isLastOwn: boolean) {
    const { text } = this;
    switch (delivery.state) {
      case 'sending':
        return html`<p class="small state">${callIcons.clock}${text('chat.sending')}</p>`;
      case 'failed':
        return html`<p class="small state failed" role="alert">
          ${icons.warning}<span>${text('chat.failed')}</span>
          <button
            type="button"
            class="link small"
            aria-label=${text('chat.retry', { text: (said || files[0]?.name || '').slice(0, 80) })}
            @click=${() => this.#chat?.retry(key)}
          >
            ${text('action.retry')}
          </button>
        </p>`;
      case 'sent':
      case 'read':
        return isLastOwn
          ? html`<p class="small state">
              ${icons.check}${text(delivery.state === 'read' ? 'chat.read' : 'chat.sent')}
            </p>`
          : nothing;
      default:
        return nothing;
    }
  }
}

const topOf = (row: HTMLElement, list: HTMLElement): number =>
  row.getBoundingClientRect().top - list.getBoundingClientRect().top;
