import { css, html, nothing } from 'lit';
import { callView, type CallView } from '../../../machine/session/call-view.js';
import { screenStyles, screenFrameStyles } from '../../styles/screen-styles.js';
import { callIcons } from '../../parts/call-icons.js';
import { facts, factStyles, type Fact } from '../../parts/facts.js';
import { languageName } from '../../formats.js';
import { formatted, isolated } from '../../formatted-number.js';
import type { Panel } from '../../panel-context.js';
import { PanelScreen } from '../panel-screen.js';

/** A4: the facts of a call, its transfers, and its ticket to copy or open. */
export class CallDetails extends PanelScreen {
  static override properties = { _copied: { state: true } };
  static override styles = [
    screenStyles,
    screenFrameStyles,
    factStyles,
    css`
      :host {
        grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
      }
      h3 {
        font-weight: 600;
      }
      ol,
      ul {
        display: grid;
        gap: var(--_1);
        margin: 0;
        padding-inline-start: var(--_4);
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: var(--_2);
      }
    `,
  ];
  declare protected _copied: 'yes' | 'no' | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.updateComplete.then(() => {
      this.focusFirst();
      // A16: the ticket may have changed since the answer.
      const sessionId = callView(this.panel.snapshot)?.session?.id;
      if (sessionId !== undefined) this.panel.send({ type: 'session', sessionId, command: { type: 'readTicket' } });
    });
  }

  protected override isShown({ snapshot }: Panel): boolean {
    return callView(snapshot)?.session !== undefined;
  }

  protected override render() {
    const { panel, text } = this;
    const view = callView(panel.snapshot);
    if (!view?.session) return nothing;
    const { id, platformNumber } = view.session;
    const { ticket, contact } = view.links;
    const rows: readonly Fact[] = [
      ['info.contact', contact?.name],
      ['info.number', view.number && html`<bdi dir="ltr">${formatted(view.number, view.extension)}</bdi>`],
      [
        view.inbound ? 'info.dialled' : 'info.from',
        platformNumber && html`<bdi dir="ltr">${formatted(platformNumber)}</bdi>`,
      ],
      ['info.queue', view.queue],
      ['details.language', view.language && languageName(panel.words, view.language)],
      ['info.since', view.connectedAt && panel.words.time(view.connectedAt)],
      ['info.verified', view.verified !== undefined && text(view.verified ? 'info.yes' : 'info.no')],
      [view.chat ? 'info.chat-id' : 'info.id', html`<bdi dir="ltr">${id}</bdi>`],
    ];
    return html`
      ${this.top(text('live.details'), () => this.dispatchEvent(new Event('close')))}
      <div class="body">
        ${
          ticket && ticket !== 'none'
            ? html`<div class="actions">
                ${this.button(text('info.open-ticket', { id: ticket.id }), () => panel.openTicket(ticket.id))}
                ${
                  ticket.url
                    ? html`<button type="button" class="button" @click=${() => void this.#copy(ticket.url!)}>
                        ${callIcons.copy}${text(this._copied === 'yes' ? 'action.copied' : 'info.copy-link')}
                      </button>`
                    : nothing
                }
              </div>`
            : nothing
        }
        ${this._copied === 'no' ? html`<p class="small" role="alert">${text('records.not-copied')}</p>` : nothing}
        ${
          ticket && ticket !== 'none'
            ? html`<p class="break" role="status">
                ${text('call.ticket', { id: ticket.id, status: text(`ticket.${ticket.status}`), subject: ticket.subject })}
              </p>`
            : nothing
        }
        ${facts(text, rows)} ${this.#renderCustomData(view)} ${this.#renderFiles(view)}
        ${
          view.transfers?.length
            ? html`<h3>${text('info.transfers')}</h3>
                <ol>
                  ${view.transfers.map(
                    ({ at, target, outcome }) =>
                      html`<li>
                        ${text(`info.transfer.${outcome}`, { name: isolated(target.label || target.id), time: panel.words.time(at) })}
                      </li>`,
                  )}
                </ol>`
            : nothing
        }
      </div>
    `;
  }

  /** A16: the platform's own names and values. */
  #renderCustomData({ customData = {} }: CallView) {
    const all = Object.entries(customData).filter(([, value]) => value !== null && value !== '');
    if (all.length === 0) return nothing;
    const { text } = this;
    return html`<h2>${text('info.custom-data')}</h2>
      <dl>
        ${all.map(
          ([name, value]) =>
            html`<div>
              <dt dir="auto">${name}</dt>
              <dd dir="auto">${typeof value === 'boolean' ? text(value ? 'info.yes' : 'info.no') : value}</dd>
            </div>`,
        )}
      </dl>`;
  }

  #renderFiles({ files = [] }: CallView) {
    if (files.length === 0) return nothing;
    return html`<h2>${this.text('info.files')}</h2>
      <ul>
        ${files.map(
          ({ name, url }) =>
            html`<li><a class="link" href=${url} target="_blank" rel="noopener noreferrer" dir="auto">${name}</a></li>`,
        )}
      </ul>`;
  }

  async #copy(url: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(url);
      this._copied = 'yes';
    } catch {
      this._copied = 'no';
    }
  }
}
