import { html, nothing, type TemplateResult } from 'lit';
import { baseStyles, frameStyles } from './screen-styles.js';
import type { PlatformList, ListItems, ListName } from '../desktop/platform-list.js';
import { screenOf } from '../machine/views.js';
import type { Session, SessionRecord } from '../domain/session.js';
import { factStyles } from './facts.js';
import { callIcons } from './call-icons.js';
import { formatted, isolated } from './formatted-number.js';
import { listStyles } from './list-parts.js';
import type { MessageKey } from './localize.js';
import type { Panel } from './panel-context.js';
import { PanelScreen } from './panel-screen.js';

/** A3: a list of the platform's and, of the row that was pressed, its details. */
export abstract class ListScreen<Name extends ListName> extends PanelScreen {
  static override properties = { _opened: { state: true }, _copied: { state: true } };
  static override styles = [baseStyles, frameStyles, factStyles, listStyles];
  /** The key of the row whose details are shown. */
  declare protected _opened: string | undefined;
  declare protected _copied: 'yes' | 'no' | undefined;

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
    // The tab that was pressed keeps the focus.
  }

  protected override updated(): void {
    const list = this.items;
    if (list?.view.state === 'idle') list.send({ type: 'open' });
  }

  protected renderFilter(): TemplateResult | typeof nothing {
    return nothing;
  }

  protected override render() {
    const opened = this.shownItems().find((item) => this.keyOf(item) === this._opened);
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
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.top button')?.focus());
  }

  #close = (): void => {
    const key = this._opened;
    this._opened = undefined;
    void this.updateComplete.then(() =>
      [...this.renderRoot.querySelectorAll<HTMLElement>('.item')].find((one) => one.dataset.key === key)?.focus(),
    );
  };

  /** Who it was, as far as it is known. */
  protected who({ customer, customerNumber, anonymous, record }: Session): string {
    const known = this.items?.names.get(record?.contactId ?? '') || customer?.name;
    // A contact that was made from its number is named by it.
    const name = known === customerNumber ? undefined : known;
    return name ?? (customerNumber && !anonymous ? isolated(formatted(customerNumber)) : this.text('call.unknown'));
  }

  /** R10: the record of the session, as far as the platform keeps it: opened, and its link copied. */
  protected renderWays(session: Session): TemplateResult {
    const { panel, text } = this;
    const { ticketId }: SessionRecord = session.record ?? {};
    const ticket = ticketId !== undefined && ticketId !== 'none' ? ticketId : undefined;
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
            ? html`
                ${this.button(text('info.open-ticket', { id: ticket }), () => panel.openTicket(ticket))}
                <button type="button" class="button" @click=${() => void this.#copy(ticket)}>
                  ${callIcons.copy}${text(this._copied === 'yes' ? 'action.copied' : 'info.copy-link')}
                </button>
              `
            : nothing
        }
      </div>
      ${this._copied === 'no' ? html`<p class="small" role="alert">${text('records.not-copied')}</p>` : nothing}
    `;
  }

  async #copy(ticketId: string): Promise<void> {
    try {
      const url = (await this.panel.desktop.host.getTicket(ticketId))?.url;
      if (!url) throw new Error('no link');
      await navigator.clipboard.writeText(url);
      this._copied = 'yes';
    } catch {
      this._copied = 'no';
    }
  }
}
