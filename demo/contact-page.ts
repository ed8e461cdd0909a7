import { html, nothing } from 'lit';
import type { Contact } from '../src/domain/contact.js';
import { badgeStyles } from './badge-styles.js';
import { crmStyles } from './crm-styles.js';
import { timeAgo, date } from './format.js';
import { demoIcons } from './icons.js';
import { number, recordLink, statusBadge } from './parts.js';
import { recordStyles } from './record-styles.js';
import { DemoElement } from './demo-element.js';

/** A contact's page, with a button to call each number (F9), and the contact's tickets. */
export class ContactPage extends DemoElement {
  static override properties = { ...DemoElement.properties, contactId: {} };
  declare contactId: string;

  protected override render() {
    const contact = this.demo.host.contacts().find(({ id }) => id === this.contactId);
    if (!contact) return nothing;
    const { name, email, createdAt, identifier } = contact;
    return html`
      <header>
        <p class="small muted digits">Contact ${contact.id}</p>
        <h2 class="title side break" dir="auto" title=${name}>${name}</h2>
        <dl class="facts">
          <div>
            <dt>E-mail</dt>
            <dd>${email ? html`<a href="mailto:${email}">${email}</a>` : 'None'}</dd>
          </div>
          <div>
            <dt>Customer since</dt>
            <dd>${date(createdAt)}</dd>
          </div>
          ${
            identifier
              ? html`<div>
                  <dt>App user</dt>
                  <dd class="digits">${identifier}</dd>
                </div>`
              : ''
          }
        </dl>
      </header>
      <div class="body contact">
        <h3>Phone numbers</h3>
        ${this.#numbers(contact)}
        <h3>Tickets</h3>
        ${this.#tickets()}
      </div>
    `;
  }

  #numbers({ id: contactId, phoneNumbers }: Contact) {
    if (!phoneNumbers.length)
      return html`<div class="card"><p class="muted">There is no number on this contact.</p></div>`;
    return html`<ul class="card">
      ${phoneNumbers.map(
        (one, at) =>
          html`<li>
            <span class="grow">${number(one)} ${at === 0 ? html`<span class="small muted">default</span>` : ''}</span>
            <button class="button" @click=${() => this.demo.call({ from: 'contact', contactId, number: one })}>
              ${demoIcons.phone} Call this number <span class="hidden">${one}</span>
            </button>
          </li>`,
      )}
    </ul>`;
  }

  #tickets() {
    const tickets = this.demo.host.tickets().filter(({ contactId }) => contactId === this.contactId);
    if (!tickets.length) return html`<div class="card"><p class="muted">No tickets yet.</p></div>`;
    return html`<ul class="card">
      ${tickets.map(
        ({ id, subject, status, updatedAt }) =>
          html`<li>
            <span class="digits muted small">#${id}</span> ${statusBadge(status)}
            <span class="grow break">${recordLink(this.demo, { ticketId: id }, html`<bdi>${subject}</bdi>`)}</span>
            <time class="small muted" datetime=${updatedAt}>${timeAgo(updatedAt)}</time>
          </li>`,
      )}
    </ul>`;
  }

  static override styles = [crmStyles, badgeStyles, recordStyles];
}

customElements.define('demo-contact-page', ContactPage);
