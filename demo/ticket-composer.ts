import { css, html, type PropertyValues } from 'lit';
import type { Ticket } from '../src/domain/ticket.js';
import './call-menu.js';
import { crmStyles } from './crm-styles.js';
import { tabKeys } from './tab-keys.js';
import { DemoElement } from './demo-element.js';

const tabs = [
  { id: 'public', label: 'Public reply', field: 'Reply to the customer', send: 'Send reply' },
  { id: 'note', label: 'Private note', field: 'Note for colleagues only', send: 'Add note' },
] as const;

/** The box for a public reply or a private note, with the call menu above it. */
export class TicketComposer extends DemoElement {
  static override properties = {
    ...DemoElement.properties,
    ticket: { attribute: false },
    tab: { state: true },
    draft: { state: true },
  };
  declare ticket: Ticket;
  declare tab: 'public' | 'note';
  declare draft: string;

  constructor() {
    super();
    this.tab = 'public';
    this.draft = '';
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('ticket');
    if (before && before.id !== this.ticket.id) this.draft = '';
  }

  protected override render() {
    const { ticket, demo, tab } = this;
    const closed = ticket.status === 'closed';
    const { field, send } = tabs.find(({ id }) => id === tab)!;
    return html`
      <section class=${tab} aria-label="Write">
        <div class="top">
          <div role="tablist" aria-label="Kind of comment" @keydown=${tabKeys}>
            ${tabs.map(
              ({ id, label }) =>
                html`<button
                  role="tab"
                  id=${`tab-${id}`}
                  aria-controls="panel"
                  aria-selected=${id === tab}
                  tabindex=${id === tab ? 0 : -1}
                  @click=${() => (this.tab = id)}
                >
                  ${label}
                </button>`,
            )}
          </div>
          <demo-call-menu .demo=${demo} .ticket=${ticket}></demo-call-menu>
        </div>
        <div id="panel" role="tabpanel" aria-labelledby=${`tab-${tab}`}>
          <textarea
            rows="2"
            aria-label=${field}
            placeholder=${closed ? 'This ticket is closed. You can’t add comments.' : field}
            ?disabled=${closed}
            .value=${this.draft}
            @input=${(event: Event) => (this.draft = (event.target as HTMLTextAreaElement).value)}
            @keydown=${this.#onKey}
          ></textarea>
          <div class="actions">
            <button class="button main" ?disabled=${closed || !this.draft.trim()} @click=${this.#send}>${send}</button>
          </div>
        </div>
      </section>
    `;
  }

  #onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && this.draft.trim()) this.#send();
  };

  #send = (): void => {
    this.demo.host.addComment(this.ticket.id, { body: this.draft.trim(), public: this.tab === 'public' });
    this.draft = '';
  };

  static override styles = [
    crmStyles,
    css`
      :host {
        display: block;
        padding: 0 20px 16px;
      }
      section {
        max-width: 760px;
        border: 1px solid var(--edge);
        border-radius: 8px;
        background: var(--card);
      }
      section.note {
        background: var(--note);
      }
      .top {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 4px 8px;
        padding: 6px 6px 0;
      }
      [role='tablist'] {
        display: flex;
      }
      [role='tab'] {
        min-height: 32px;
        padding: 4px 10px;
        border: 0;
        border-bottom: 2px solid transparent;
        background: none;
        color: var(--muted);
        cursor: pointer;
      }
      [role='tab'][aria-selected='true'] {
        border-bottom-color: var(--accent);
        color: var(--text);
        font-weight: 600;
      }
      textarea {
        display: block;
        width: 100%;
        min-height: 60px;
        max-height: 160px;
        field-sizing: content;
        padding: 10px 16px;
        border: 0;
        background: none;
        resize: none;
      }
      textarea::placeholder {
        color: var(--muted);
        opacity: 1;
      }
      textarea:focus-visible {
        outline-offset: -2px;
        border-radius: var(--radius);
      }
      .actions {
        display: flex;
        justify-content: flex-end;
        padding: 0 8px 8px;
      }
    `,
  ];
}

customElements.define('demo-ticket-composer', TicketComposer);
