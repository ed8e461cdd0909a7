import { html, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Contact } from '../src/domain/contact.js';
import type { Ticket } from '../src/domain/ticket.js';
import { badgeStyles } from './badge-styles.js';
import { crmStyles } from './crm-styles.js';
import { timeAgo } from './format.js';
import { demoIcons } from './icons.js';
import { avatar, number, recordLink, requesterName, statusBadge } from './parts.js';
import { recordListStyles } from './record-list-styles.js';
import { DemoElement } from './demo-element.js';

/** The list of the CRM's contacts or tickets, with a search. */
export class RecordList extends DemoElement {
  static override properties = { ...DemoElement.properties, kind: {}, query: { state: true } };
  declare kind: 'contacts' | 'tickets';
  declare query: string;

  constructor() {
    super();
    this.query = '';
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('kind')) this.query = '';
  }

  protected override render() {
    const { kind } = this;
    const title = kind === 'contacts' ? 'Contacts' : 'Tickets';
    const found = kind === 'contacts' ? this.#contacts() : this.#tickets();
    const rows: TemplateResult[] =
      kind === 'contacts'
        ? (found as Contact[]).map((contact) => this.#contact(contact))
        : (found as Ticket[]).map((ticket) => this.#ticket(ticket));
    return html`
      <section aria-label=${title}>
        <header>
          <h2>${title} <span class="muted digits">${found.length}</span></h2>
          <label class="search">
            ${demoIcons.search}
            <span class="hidden">Search ${kind}</span>
            <input
              type="search"
              autocomplete="off"
              placeholder=${kind === 'contacts' ? 'Name, number or e-mail' : 'Subject, ID, requester'}
              .value=${this.query}
              @input=${(event: Event) => (this.query = (event.target as HTMLInputElement).value)}
            />
          </label>
        </header>
        <ul>
          ${repeat(
            rows,
            (_, at) => found[at]!.id,
            (row) => html`<li>${row}</li>`,
          )}
        </ul>
        <p class="none muted" role="status">${found.length ? '' : `No ${kind} match “${this.query}”.`}</p>
      </section>
    `;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('kind')) this.renderRoot.querySelector('ul')!.scrollTop = 0;
  }

  #contacts(): readonly Contact[] {
    return this.demo.host
      .contacts()
      .filter(({ name, email = '', phoneNumbers }) => this.#fits([name, email], phoneNumbers));
  }

  #tickets(): readonly Ticket[] {
    return this.demo.host
      .tickets()
      .filter((ticket) => this.#fits([`#${ticket.id}`, ticket.subject, requesterName(this.demo, ticket)]));
  }

  #fits(texts: readonly string[], numbers: readonly string[] = []): boolean {
    const words = plain(this.query).split(/\s+/);
    const text = plain(texts.join(' '));
    const digits = this.query.replace(/\D/g, '');
    return (
      words.every((word) => text.includes(word)) ||
      (digits.length > 2 && numbers.some((one) => one.replace(/\D/g, '').includes(digits)))
    );
  }

  #contact({ id, name, email, phoneNumbers }: Contact): TemplateResult {
    const [first] = phoneNumbers;
    const { contactId, ticketId } = this.demo.host.context;
    return recordLink(
      this.demo,
      { contactId: id },
      html`${avatar(name)}
        <span class="lines">
          <strong class="cut side" dir="auto" title=${name}>${name}</strong>
          <span class="small muted cut">${first === undefined ? 'No number' : number(first)}</span>
          <span class="small muted cut">${email}</span>
        </span>`,
      { className: 'row', current: ticketId === undefined && contactId === id },
    );
  }

  #ticket(ticket: Ticket): TemplateResult {
    const { id, subject, status, updatedAt } = ticket;
    return recordLink(
      this.demo,
      { ticketId: id },
      html`<span class="lines">
        <span class="line small muted">
          <span class="digits">#${id}</span>${statusBadge(status)}<time datetime=${updatedAt}
            >${timeAgo(updatedAt)}</time
          >
        </span>
        <strong class="cut side" dir="auto" title=${subject}>${subject}</strong>
        <span class="small muted cut side" dir="auto">${requesterName(this.demo, ticket)}</span>
      </span>`,
      { className: 'row', current: this.demo.host.context.ticketId === id },
    );
  }

  static override styles = [crmStyles, badgeStyles, recordListStyles];
}

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').trim().toLowerCase();

customElements.define('demo-record-list', RecordList);
