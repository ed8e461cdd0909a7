import { css, html, nothing, type PropertyValues } from 'lit';
import type { Ticket } from '../src/domain/ticket.js';
import { crmStyles } from './crm-styles.js';
import { demoIcons } from './icons.js';
import { number } from './parts.js';
import { DemoElement } from './demo-element.js';

/** The menu Call above the comment box: the requester's numbers, then “Enter new number” (F10, F12). */
export class CallMenu extends DemoElement {
  static override properties = { ...DemoElement.properties, ticket: { attribute: false }, open: { state: true } };
  declare ticket: Ticket;
  declare open: boolean;

  constructor() {
    super();
    this.open = false;
    this.addEventListener('focusout', (event) => {
      if (!this.renderRoot.contains(event.relatedTarget as Node | null)) this.open = false;
    });
  }

  protected override render() {
    const { id: ticketId, contactId } = this.ticket;
    const contact = this.demo.host.contacts().find(({ id }) => id === contactId);
    return html`
      <button
        class="button"
        aria-haspopup="menu"
        aria-expanded=${this.open}
        @click=${() => (this.open = !this.open)}
        @keydown=${this.#onButtonKey}
      >
        ${demoIcons.phone} Call ${demoIcons.down}
      </button>
      ${
        this.open
          ? html`<div role="menu" aria-label="Call" @keydown=${this.#onMenuKey}>
              ${contact?.phoneNumbers.map(
                (one) =>
                  html`<button
                    role="menuitem"
                    tabindex="-1"
                    @click=${() => this.#choose({ from: 'ticket', ticketId, number: one, contactId })}
                  >
                    ${demoIcons.phone} ${number(one)}
                  </button>`,
              )}
              ${contact?.phoneNumbers.length ? html`<div role="separator"></div>` : nothing}
              <button
                role="menuitem"
                tabindex="-1"
                @click=${() => this.#choose({ from: 'ticket-new-number', ticketId, contactId })}
              >
                ${demoIcons.keypad} Enter new number
              </button>
            </div>`
          : nothing
      }
    `;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('open') && this.open) this.#items[0]?.focus();
  }

  get #items(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('[role=menuitem]')];
  }

  #choose(request: Parameters<typeof this.demo.call>[0]): void {
    this.open = false;
    this.renderRoot.querySelector<HTMLElement>('.button')?.focus();
    this.demo.call(request);
  }

  #onButtonKey = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    this.open = true;
  };

  #onMenuKey = (event: KeyboardEvent): void => {
    const items = this.#items;
    const at = items.indexOf(event.target as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === 'Escape') {
      this.open = false;
      this.renderRoot.querySelector<HTMLElement>('.button')?.focus();
    } else if (to === undefined) return;
    else items.at(to % items.length)?.focus();
    event.preventDefault();
  };

  static override styles = [
    crmStyles,
    css`
      :host {
        position: relative;
        display: inline-block;
      }
      .button > :last-child {
        width: 14px;
        height: 14px;
      }
      [role='menu'] {
        position: absolute;
        z-index: 2;
        bottom: calc(100% + 4px);
        inset-inline-end: 0;
        min-width: 208px;
        padding: 4px;
        border: 1px solid var(--line);
        border-radius: 8px;
        background: var(--card);
        box-shadow: 0 8px 24px rgb(0 0 0 / 0.18);
      }
      [role='menuitem'] {
        display: flex;
        align-items: center;
        gap: 8px;
        width: 100%;
        min-height: 36px;
        padding: 6px 8px;
        border: 0;
        border-radius: 4px;
        background: none;
        text-align: start;
        white-space: nowrap;
        cursor: pointer;
      }
      [role='menuitem'] svg {
        color: var(--muted);
      }
      [role='menuitem']:hover,
      [role='menuitem']:focus-visible {
        background: var(--hover);
        outline-offset: -2px;
      }
      [role='separator'] {
        margin: 4px;
        border-top: 1px solid var(--line);
      }
    `,
  ];
}

customElements.define('demo-call-menu', CallMenu);
