import { html, nothing, type TemplateResult } from 'lit';
import { isChat } from '../src/domain/session.js';
import type { Ticket, TicketStatus } from '../src/domain/ticket.js';
import { badgeStyles } from './badge-styles.js';
import { crmStyles } from './crm-styles.js';
import { timeAgo, moment, statusWords } from './format.js';
import { fieldWords, personName, recordLink, requesterName, statusBadge } from './parts.js';
import { recordStyles } from './record-styles.js';
import './ticket-composer.js';
import './ticket-history.js';
import { DemoElement } from './demo-element.js';

/** A ticket's page: subject, requester and fields, the history, and the comment box. */
export class TicketPage extends DemoElement {
  static override properties = { ...DemoElement.properties, ticketId: {} };
  declare ticketId: string;

  protected override render() {
    const { demo } = this;
    const ticket = demo.host.ticket(this.ticketId);
    const { id, subject, status, mergedInto } = ticket;
    return html`
      <header>
        <p class="line small muted">
          <span class="digits">Ticket #${id}</span> ${statusBadge(status)}
          ${mergedInto ? html`<span>merged into ${recordLink(demo, { ticketId: mergedInto }, `#${mergedInto}`)}</span>` : nothing}
        </p>
        <h2 class="title side break" dir="auto" title=${subject}>${subject}</h2>
        ${this.#facts(ticket)}
      </header>
      <div class="body ticket">
        <demo-ticket-history .demo=${demo} .ticketId=${id}></demo-ticket-history>
        <demo-ticket-composer .demo=${demo} .ticket=${ticket}></demo-ticket-composer>
      </div>
    `;
  }

  #facts(ticket: Ticket): TemplateResult {
    const { demo } = this;
    const { contactId, assigneeId, updatedAt, origin } = ticket;
    return html`<dl class="facts">
      <div>
        <dt>Requester</dt>
        <dd>${recordLink(demo, { contactId }, html`<bdi>${requesterName(demo, ticket)}</bdi>`)}</dd>
      </div>
      <div>
        <dt><label for="status">Status</label></dt>
        <dd>${this.#status(ticket)}</dd>
      </div>
      <div>
        <dt>Assignee</dt>
        <dd>${assigneeId ? personName(demo, assigneeId) : 'Unassigned'}</dd>
      </div>
      <div>
        <dt>Updated</dt>
        <dd><time datetime=${updatedAt} title=${moment(updatedAt)}>${timeAgo(updatedAt)}</time></dd>
      </div>
      ${
        origin
          ? html`<div>
              <dt>Came from</dt>
              <dd>
                ${origin.voicemail ? 'Voicemail' : isChat(origin) ? 'Chat' : 'Call'}
                <span class="muted digits">${origin.sessionId}</span>
              </dd>
            </div>`
          : nothing
      }
      ${demo.host.fields
        .filter(({ on, id }) => on === 'ticket' && (ticket.fields[id ?? ''] ?? null) !== null)
        .map(
          ({ id, title, type }) =>
            html`<div>
              <dt>${title}</dt>
              <dd class="digits"><bdi>${fieldWords(ticket.fields[id!], type)}</bdi></dd>
            </div>`,
        )}
    </dl>`;
  }

  #status({ id, status }: Ticket): TemplateResult {
    const change = (event: Event): void =>
      this.demo.host.setStatus(id, (event.target as HTMLSelectElement).value as TicketStatus);
    return html`<select id="status" class="input" ?disabled=${status === 'closed'} @change=${change}>
      ${Object.entries(statusWords).map(
        ([value, word]) => html`<option value=${value} .selected=${value === status}>${word}</option>`,
      )}
    </select>`;
  }

  static override styles = [crmStyles, badgeStyles, recordStyles];
}

customElements.define('demo-ticket-page', TicketPage);
