import { css, html, type TemplateResult } from 'lit';
import type { AuditEntry } from '../src/memory/index.js';
import { crmStyles } from './crm-styles.js';
import { drawerStyles } from './drawer-styles.js';
import { time } from './format.js';
import { recordLink } from './parts.js';
import { DemoElement } from './demo-element.js';

const words: Readonly<Record<AuditEntry['what'], string>> = {
  'contact.created': 'Contact created',
  'contact.edited': 'Contact edited',
  'contact.merged': 'Contact merged',
  'contact.deleted': 'Contact deleted',
  'ticket.created': 'Ticket created',
  'ticket.updated': 'Ticket updated',
  'ticket.merged': 'Ticket merged',
  'write.refused': 'Write refused',
  'fields.created': 'Fields created',
  'settings.saved': 'Settings saved',
  'ticket.opened': 'Ticket opened on screen',
  'contact.opened': 'Contact opened on screen',
};

/** The audit log of the CRM, and the number of writes that were applied more than once. */
export class DemoLog extends DemoElement {
  protected override render() {
    const { host, records } = this.demo;
    const entries = host.auditLog.slice(-200).reverse();
    const duplicated = host.duplicated();
    return html`
      <p class="counts" role="status">
        <span
          >written:
          <strong class="digits"
            >${host.auditLog.filter(({ key, what }) => key && what !== 'write.refused').length}</strong
          ></span
        >
        <span>waiting: <strong class="digits">${records.waiting}</strong></span>
        <span>failed: <strong class="digits">${records.failed}</strong></span>
        <span class=${duplicated ? 'bad' : ''}>duplicated: <strong class="digits">${duplicated}</strong></span>
      </p>
      <table>
        <caption class="hidden">
          CRM audit log, newest first
        </caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">What</th>
            <th scope="col">Record</th>
            <th scope="col">Key</th>
          </tr>
        </thead>
        <tbody>
          ${
            entries.length
              ? entries.map((entry) => this.#row(entry))
              : html`<tr>
                  <td colspan="4" class="muted">Nothing written yet.</td>
                </tr>`
          }
        </tbody>
      </table>
    `;
  }

  #row(entry: AuditEntry): TemplateResult {
    const { at, what, ticketId, contactId, key, message, comment, changes = {} } = entry;
    const first = comment?.body.split('\n')[0];
    const changed = Object.entries(changes)
      .filter(([name, value]) => value !== undefined && name !== 'subject')
      .map(([name, value]) => `${name} ${String(value)}`);
    const details = [message, first, what === 'ticket.updated' ? changed.join(', ') : ''].filter(Boolean).join(' · ');
    return html`<tr>
      <td class="digits">${time(at)}</td>
      <td class=${what === 'write.refused' ? 'bad' : ''}>
        ${words[what]} ${details ? html`<span class="muted break">${details}</span>` : ''}
      </td>
      <td class="digits">
        ${
          ticketId
            ? recordLink(this.demo, { ticketId }, `#${ticketId}`)
            : contactId
              ? recordLink(this.demo, { contactId }, `Contact ${contactId}`)
              : ''
        }
      </td>
      <td class="small muted key break">${key ?? (what.endsWith('.opened') ? '' : 'by a person')}</td>
    </tr>`;
  }

  static override styles = [
    crmStyles,
    drawerStyles,
    css`
      .counts {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 20px;
        margin-bottom: 8px;
      }
      table {
        width: 100%;
        border-collapse: collapse;
        font-size: 13px;
      }
      th,
      td {
        padding: 5px 12px 5px 0;
        border-bottom: 1px solid var(--line);
        text-align: start;
        vertical-align: baseline;
      }
      th {
        font-size: 12px;
        font-weight: 500;
        color: var(--muted);
      }
      td:first-child,
      td:nth-child(3) {
        white-space: nowrap;
      }
      .key {
        max-width: 260px;
      }
    `,
  ];
}

customElements.define('demo-log', DemoLog);
