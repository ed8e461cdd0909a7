import { html } from 'lit';
import { customers, recentTickets } from '../account.js';
import { pathOf } from '../places.js';
import type { Shell } from '../shell.js';
import { phoneNumber, ticketTable, whenLoaded } from './pieces.js';

const retry = (shell: Shell) => () => shell.loads.drop('list:');

export function homeView(shell: Shell) {
  const tickets = shell.loads.get('list:tickets', recentTickets);
  return html`<div class="page">
    <h1>${shell.me.name ? `Hello, ${shell.me.name}` : 'Home'}</h1>
    ${whenLoaded(
      shell,
      tickets,
      (all) => {
        const isOpen = (status: string) => status !== 'solved' && status !== 'closed';
        const mine = all.filter((one) => one.assignee_id === shell.me.id && isOpen(one.status));
        return html`<section aria-labelledby="mine-title">
            <h2 id="mine-title">Your open tickets <span class="count">${mine.length}</span></h2>
            ${ticketTable(shell, mine.slice(0, 10), 'Your open tickets')}
          </section>
          <section aria-labelledby="recent-title">
            <h2 id="recent-title">Recent tickets</h2>
            ${ticketTable(shell, all.slice(0, 15), 'Recent tickets')}
          </section>`;
      },
      retry(shell),
    )}
  </div>`;
}

export function ticketsView(shell: Shell) {
  return html`<div class="page">
    <h1>Tickets</h1>
    ${whenLoaded(
      shell,
      shell.loads.get('list:tickets', recentTickets),
      (all) => ticketTable(shell, all, 'Tickets'),
      retry(shell),
    )}
  </div>`;
}

export function customersView(shell: Shell) {
  return html`<div class="page">
    <h1>Customers</h1>
    ${whenLoaded(
      shell,
      shell.loads.get('list:customers', customers),
      (people) =>
        people.length === 0
          ? html`<p class="empty">No customers.</p>`
          : html`<table>
              <caption class="unseen">
                Customers
              </caption>
              <thead>
                <tr>
                  <th scope="col">Name</th>
                  <th scope="col">E-mail</th>
                  <th scope="col" class="phone">Phone</th>
                </tr>
              </thead>
              <tbody>
                ${people.map(
                  (person) =>
                    html`<tr>
                      <td class="subject">
                        <a href=${pathOf({ kind: 'user', id: person.id })} title=${person.name}>${person.name}</a>
                      </td>
                      <td class="mail">${person.email ?? '—'}</td>
                      <td class="phone">${person.phone ? phoneNumber(person.phone) : '—'}</td>
                    </tr>`,
                )}
              </tbody>
            </table>`,
      retry(shell),
    )}
  </div>`;
}
