import { html, nothing, type TemplateResult } from 'lit';
import { screenStyles, screenFrameStyles } from '../../styles/screen-styles.js';
import type { ListItems, PlatformList, TicketLink } from '../../../desktop/platform-lists.js';
import { screenOf } from '../../../machine/agent/screen-view.js';
import type { Session } from '../../../domain/session.js';
import { factStyles } from '../../parts/facts.js';
import { callIcons } from '../../parts/call-icons.js';
import { formatted, isolated } from '../../formatted-number.js';
import { listStyles } from './list-styles.js';
import type { MessageKey } from '../../localize.js';
import type { Panel } from '../../panel-context.js';
import { PanelScreen } from '../panel-screen.js';
import { unknownWord } from '../../unknown-person.js';

/** A3: a list of the platform, and the details of the row that was pressed. */
export abstract class ListScreen<Name extends 'history' | 'voicemails'> extends PanelScreen {
  static override properties = { _opened: { state: true }, _copied: { state: true }, _link: { state: true } };
  static override styles = [screenStyles, screenFrameStyles, factStyles, listStyles];
  /** The key of the row whose details are open. */
  declare protected _opened: string | undefined;
  declare protected _copied: 'yes' | 'no' | 'no-link' | undefined;
  /** The link of the ticket in the details. It is looked up when the details open, because Copy needs it at once. */
  declare protected _link: TicketLink | undefined;

  protected abstract readonly list: Name;
  protected abstract keyOf(item: ListItems[Name]): string;
  protected abstract renderItem(item: ListItems[Name]): TemplateResult;
  protected abstract renderDetails(item: ListItems[Name]): TemplateResult;
  protected abstract readonly words: { title: MessageKey; empty: MessageKey; failed: MessageKey };

  protected override isShown({ snapshot }: Panel): boolean {
    return screenOf(snapshot) === (this.list === 'history' ? 'history' : 'voicemail');
  }

  protected get items(): PlatformList<ListItems[Name]> | undefined {
    return this.panel.desktop.list(this.list);
  }

  protected shownItems(): readonly ListItems[Name][] {
    return this.items?.view.items ?? [];
  }

  override focusFirst(): void {
    // The focus stays on the tab that was pressed.
  }

  protected override willUpdate(): void {
    const ticketId = ticketOf(this.#item?.session);
    if (ticketId === undefined || ticketId === this._link?.ticketId) return;
    this._link = { ticketId };
    void this.#lookUp(ticketId);
  }

  protected override updated(): void {
    const list = this.items;
    if (list?.view.state === 'idle') list.send({ type: 'open' });
  }

  get #item(): ListItems[Name] | undefined {
    return this._opened === undefined ? undefined : this.shownItems().find((item) => this.keyOf(item) === this._opened);
  }

  protected renderFilter(): TemplateResult | typeof nothing {
    return nothing;
  }

  protected override render() {
    const opened = this.#item;
    if (opened)
      return html`
        ${this.top(this.text(this.words.title), this.#close)}
        <div class="body">${this.renderDetails(opened)}</div>
      `;
    return html`<div class="filter">${this.renderFilter()}</div>
      <div class="body">${this.#renderList()}</div>`;
  }

  #renderList() {
    const { text } = this;
    const list = this.items;
    const items = this.shownItems();
    const view = list?.view;
    if (view?.state === 'failed')
      return this.trouble(
        text(this.words.failed),
        view.failure,
        this.button(text('action.retry'), () => list?.send({ type: 'retry' }), 'quiet'),
        'phone',
      );
    if (items.length === 0)
      return view?.state === 'shown'
        ? html`<p class="empty small">${text(this.words.empty)}</p>`
        : html`<div role="status" aria-label=${text('lists.loading')}>
            ${[1, 2, 3].map(() => html`<div class="skeleton"></div>`)}
          </div>`;
    return html`
      <ul class="list" aria-label=${text(this.words.title)}>
        ${items.map((item) => html`<li>${this.renderItem(item)}</li>`)}
      </ul>
      ${view?.failure ? this.trouble(text('lists.more.failed'), view.failure, nothing, 'phone') : nothing}
      ${
        view?.more
          ? this.button(
              text(view.adding ? 'lists.loading' : 'lists.more'),
              () => list?.send({ type: view.failure ? 'retry' : 'more' }),
              'quiet',
            )
          : nothing
      }
    `;
  }

  protected open(key: string): void {
    this._opened = key;
    this._copied = undefined;
    this._link = undefined;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.top button')?.focus());
  }

  #close = (): void => {
    const key = this._opened;
    this._opened = undefined;
    void this.updateComplete.then(() =>
      [...this.renderRoot.querySelectorAll<HTMLElement>('.item')].find((one) => one.dataset.key === key)?.focus(),
    );
  };

  /** The customer's name or number, else the word for an unknown person. */
  protected who(session: Session): string {
    const { customer, customerNumber, anonymous, record } = session;
    const known = this.items?.names.get(record?.contactId ?? '') || customer?.name;
    // A contact created from its number has the number as its name.
    const name = known === customerNumber ? undefined : known;
    return (
      name ?? (customerNumber && !anonymous ? isolated(formatted(customerNumber)) : this.text(unknownWord(session)))
    );
  }

  /** R10: buttons that call back, open the session's ticket and copy its link. */
  protected renderActions(session: Session): TemplateResult {
    const { panel, text } = this;
    const ticket = ticketOf(session);
    return html`
      <div class="ways">
        ${
          session.customerNumber
            ? html`<button type="button" class="button main" @click=${() => panel.desktop.callBack(session.id)}>
                ${callIcons.outgoing}${text('live.call-back')}
              </button>`
            : nothing
        }
        ${
          ticket
            ? html`${this.button(text('info.open-ticket', { id: ticket }), () => panel.openTicket(ticket))}
              ${this.#renderCopy()}`
            : nothing
        }
      </div>
      ${this._copied === 'no' ? html`<p class="small" role="alert">${text('records.not-copied')}</p>` : nothing}
      ${this._copied === 'no-link' ? this.trouble(text('info.link.failed'), this._link?.failure) : nothing}
    `;
  }

  #renderCopy() {
    if (!this._link?.url && !this._link?.failure) return nothing;
    return html`<button type="button" class="button" @click=${() => void this.#copy()}>
      ${callIcons.copy}${this.text(this._copied === 'yes' ? 'action.copied' : 'info.copy-link')}
    </button>`;
  }

  async #lookUp(ticketId: string): Promise<void> {
    const link = await this.items?.ticketLink(ticketId);
    if (link && this._link?.ticketId === ticketId) this._link = link;
  }

  async #copy(): Promise<void> {
    const { ticketId, failure } = this._link!;
    if (failure) await this.#lookUp(ticketId);
    const link = this._link;
    if (!link?.url) this._copied = link?.failure && 'no-link';
    else
      this._copied = await navigator.clipboard.writeText(link.url).then(
        () => 'yes' as const,
        () => 'no' as const,
      );
  }
}

/** R10: the ticket that the platform keeps for a session. */
const ticketOf = ({ record }: Partial<Session> = {}): string | undefined =>
  record?.ticketId === 'none' ? undefined : record?.ticketId;
