import { html, nothing } from 'lit';
import { numbersOf, ticketsOf, type Person } from '../account.js';
import type { Shell } from '../shell.js';
import { icon, personOf, phoneNumber, ticketTable, whenLoaded } from './pieces.js';

const roles = { 'end-user': 'Customer', agent: 'Agent', admin: 'Administrator' };

function numberList(shell: Shell, person: Person, numbers: readonly string[]) {
  if (numbers.length === 0) return html`<p class="empty">No phone number.</p>`;
  return html`<ul class="numbers" aria-label="Phone numbers">
    ${numbers.map(
      (number) =>
        html`<li>
          ${phoneNumber(number)}
          ${
            shell.conditions.voice
              ? html`<button
                  type="button"
                  aria-label=${`Call this number: ${number}`}
                  @click=${() => shell.dial({ number, userId: person.id, ticketId: null })}
                >
                  ${icon('call')}Call this number
                </button>`
              : nothing
          }
        </li>`,
    )}
  </ul>`;
}

function opened(shell: Shell, person: Person) {
  const numbers = shell.loads.get(`numbers:${person.id}`, () => numbersOf(person));
  const tickets = shell.loads.get(`list:of:${person.id}`, () => ticketsOf(person.id));
  return html`<article class="page customer" aria-label=${person.name}>
    <header class="page-head">
      <p class="over">${roles[person.role] ?? person.role}</p>
      <h1>${person.name}</h1>
      <dl class="facts">
        <div>
          <dt>E-mail</dt>
          <dd>${person.email ?? 'None'}</dd>
        </div>
      </dl>
    </header>
    <section aria-labelledby="phone-title">
      <h2 id="phone-title">Phone</h2>
      ${whenLoaded(
        shell,
        numbers,
        (list) => numberList(shell, person, list),
        () => shell.loads.drop(`numbers:${person.id}`),
      )}
    </section>
    <section aria-labelledby="tickets-title">
      <h2 id="tickets-title">Tickets</h2>
      ${whenLoaded(
        shell,
        tickets,
        (list) => ticketTable(shell, list, `Tickets of ${person.name}`, false),
        () => shell.loads.drop('list:'),
      )}
    </section>
  </article>`;
}

export function customerView(shell: Shell, id: number) {
  return whenLoaded(
    shell,
    personOf(shell, id),
    (person) => opened(shell, person),
    () => shell.loads.drop(`person:${id}`),
  );
}
