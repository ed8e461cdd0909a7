import { html, nothing, type TemplateResult } from 'lit';
import type { Contact } from '../src/domain/contact.js';
import type { Ticket, TicketStatus } from '../src/domain/ticket.js';
import { selectField } from './select-field.js';
import { crmStyles } from './crm-styles.js';
import { drawerStyles } from './drawer-styles.js';
import { requesterName } from './parts.js';
import { DemoElement } from './demo-element.js';

const statuses: readonly { label: string; status: TicketStatus }[] = [
  { label: 'Reopen', status: 'open' },
  { label: 'Solve', status: 'solved' },
  { label: 'Close for good', status: 'closed' },
];

/** What colleagues do in the CRM during a call: they merge, close and delete the open record. */
export class DemoCrm extends DemoElement {
  static override properties = {
    ...DemoElement.properties,
    ticketInto: { state: true },
    contactInto: { state: true },
    result: { state: true },
    problem: { state: true },
  };
  declare ticketInto: string;
  declare contactInto: string;
  declare result: string;
  declare problem: string;

  constructor() {
    super();
    this.ticketInto = this.contactInto = this.result = this.problem = '';
  }

  protected override render() {
    const { ticketId, contactId } = this.demo.host.context;
    const contact = this.demo.host.contacts().find(({ id }) => id === contactId);
    return html`
      <div class="groups">
        ${ticketId ? this.#ticket(this.demo.host.ticket(ticketId)) : nothing}
        ${contact ? this.#contact(contact) : nothing}
        ${ticketId || contact ? nothing : html`<p class="muted">Open a ticket or a contact.</p>`}
      </div>
      <div class="result">
        <p role="status">${this.result}</p>
        <p class="bad" role="alert">${this.problem}</p>
      </div>
    `;
  }

  #ticket(ticket: Ticket): TemplateResult {
    const { host } = this.demo;
    const { id, contactId } = ticket;
    const isOther = (one: Ticket): boolean => one.id !== id && one.status !== 'closed';
    // The tickets of the same customer come first.
    const others = host
      .tickets()
      .filter(isOther)
      .sort((one, two) => Number(two.contactId === contactId) - Number(one.contactId === contactId));
    const names = others
      .slice(0, 20)
      .map((one) => [one.id, `#${one.id} ${one.subject.slice(0, 40)} (${requesterName(this.demo, one)})`] as const);
    const into = chosenOf(names, this.ticketInto);
    return html`<div class="group" role="group" aria-label="The ticket on screen">
      <h3>Ticket #${id}</h3>
      ${selectField('Merge ticket into', names, into, (value) => (this.ticketInto = value))}
      <div class="row">
        <button
          class="button"
          @click=${() => this.#do(`Ticket #${id} was merged into #${into}.`, () => host.merge(id, into))}
        >
          Merge tickets
        </button>
        ${statuses.map(
          ({ label, status }) =>
            html`<button
              class="button"
              @click=${() => this.#do(`Ticket #${id} is now ${status}.`, () => host.setStatus(id, status))}
            >
              ${label}
            </button>`,
        )}
        <button
          class="button"
          @click=${() => this.#do(`A colleague commented on ticket #${id}.`, () => host.addComment(id, { body: 'I am looking into this too.' }, '102'))}
        >
          Colleague adds a comment
        </button>
      </div>
    </div>`;
  }

  #contact({ id, name }: Contact): TemplateResult {
    const { host } = this.demo;
    const names = host.contacts().flatMap((one) => (one.id === id ? [] : [[one.id, one.name] as const]));
    const into = chosenOf(names, this.contactInto);
    return html`<div class="group" role="group" aria-label="The contact on screen">
      <h3>Contact <bdi>${name}</bdi></h3>
      ${selectField('Merge contact into', names, into, (value) => (this.contactInto = value))}
      <div class="row">
        <button
          class="button"
          @click=${() =>
            this.#do(`${name} was merged into ${host.contact(into).name}.`, () => {
              host.mergeContacts(id, into);
              this.#showAgain({ contactId: into });
            })}
        >
          Merge contacts
        </button>
        <button
          class="button"
          @click=${() =>
            this.#do(`${name} was deleted.`, () => {
              host.deleteContact(id);
              this.#showAgain({});
            })}
        >
          Delete contact
        </button>
      </div>
    </div>`;
  }

  /** Shows the open ticket again, or else this record. */
  #showAgain(record: { contactId?: string }): void {
    const { ticketId } = this.demo.host.context;
    if (ticketId) this.demo.openTicket(ticketId);
    else this.demo.open(record);
  }

  #do(result: string, work: () => void): void {
    this.problem = this.result = '';
    try {
      work();
      this.result = result;
    } catch (cause) {
      this.problem = `Not done: ${(cause as Error).message}`;
    }
  }

  static override styles = [crmStyles, drawerStyles];
}

const chosenOf = (options: readonly (readonly [string, string])[], wanted: string): string =>
  (options.find(([value]) => value === wanted) ?? options[0])?.[0] ?? '';

customElements.define('demo-crm', DemoCrm);
