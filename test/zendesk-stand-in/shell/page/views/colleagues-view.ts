import { html, nothing } from 'lit';
import { control, type Ticket } from '../account.js';
import type { Shell } from '../shell.js';
import { choose, nameOf } from './pieces.js';
import { ticketData } from './ticket-data.js';

// Uses the control, because the API's limits and faults are for the app.
const allTickets = async () => (await control.tickets()) as unknown as Ticket[];

type Act = readonly [label: string, said: string, work: () => Promise<void>];

const acts = (shell: Shell, title: string, list: readonly Act[]) =>
  html`<div class="faults" role="group" aria-label=${title}>
    ${list.map(
      ([label, said, work]) =>
        html`<button type="button" @click=${() => void shell.colleagues.do(said, work)}>${label}</button>`,
    )}
  </div>`;

/** R12: a colleague merges the ticket. */
function mergeActs(shell: Shell, { id, requester_id: requester }: Ticket) {
  const { colleagues } = shell;
  const others = (shell.loads.get('others', allTickets).value ?? [])
    .filter((one) => one.id !== id && one.status !== 'solved' && one.status !== 'closed')
    // Tickets of the same customer come first.
    .sort((one, two) => Number(two.requester_id === requester) - Number(one.requester_id === requester))
    .slice(0, 20)
    .map((one) => [String(one.id), `#${one.id} ${one.subject} (${nameOf(shell, one.requester_id)})`] as const);
  const into = (others.find(([value]) => value === colleagues.into) ?? others[0])?.[0];
  if (into === undefined) return html`<p class="empty">There is no other live ticket to merge it into.</p>`;
  const chosen = choose('Merge ticket into', others, into, (value) => {
    colleagues.into = value;
    shell.update();
  });
  const said = `Ticket #${id} was merged into #${into}.`;
  return html`${chosen}
  ${acts(shell, `Merge of ticket #${id}`, [['Merge tickets', said, () => control.merge(id, Number(into))]])}`;
}

/** R12, R26: a colleague closes or deletes the ticket. */
function ticketActs(shell: Shell, ticket: Ticket) {
  const { id } = ticket;
  const title = `Ticket #${id}`;
  // A ticket without an assignee cannot be solved.
  const byBen = ticket.assignee_id === null ? { assigneeId: 102 } : {};
  return html`<h3>${title}</h3>
    ${mergeActs(shell, ticket)}
    ${acts(shell, title, [
      ['Solve', `${title} is solved.`, () => control.change(id, { status: 'solved', ...byBen })],
      ['Close for good', `${title} is closed.`, () => control.change(id, { status: 'closed', ...byBen })],
      ['Delete the ticket', `${title} was deleted.`, () => control.deleteTicket(id)],
    ])}`;
}

/** R20: a colleague deletes the contact. */
function contactActs(shell: Shell, id: number) {
  const name = nameOf(shell, id);
  return html`<h3>Contact ${name}</h3>
    ${acts(shell, `Contact ${name}`, [['Delete contact', `${name} was deleted.`, () => control.deleteUser(id)]])}`;
}

/** Acts of colleagues during a call: the ticket or contact on screen is merged, closed or deleted. */
export function colleaguesView(shell: Shell) {
  const { place, colleagues } = shell;
  const ticket = place.kind === 'ticket' && place.id !== 'new' ? ticketData(shell, place.id).value : undefined;
  const contactId = place.kind === 'user' ? place.id : ticket?.requester_id;
  return html`<section aria-labelledby="colleagues-title">
    <h2 id="colleagues-title">Colleagues</h2>
    ${ticket ? ticketActs(shell, ticket) : nothing} ${contactId ? contactActs(shell, contactId) : nothing}
    ${ticket || contactId ? nothing : html`<p class="empty">Open a ticket or a customer.</p>`}
    <div class="told">
      <p role="status">${colleagues.said}</p>
      <p class="problem" role="alert">${colleagues.problem}</p>
    </div>
  </section>`;
}
