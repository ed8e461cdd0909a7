import { html, nothing } from 'lit';
import type { Ticket } from '../account.js';
import { pathOf } from '../places.js';
import type { Shell } from '../shell.js';
import { composer } from './composer-view.js';
import { icon, moment, nameOf, statusBadge, whenLoaded } from './pieces.js';
import { historyOf, ticketData, type Line } from './ticket-data.js';

const initials = (name: string) =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((part) => part[0] ?? '')
    .join('')
    .toUpperCase();

const changes = (texts: readonly string[]) =>
  html`<ul class="changes">
    ${texts.map((text) => html`<li>${text}</li>`)}
  </ul>`;

function line(shell: Shell, { at, authorId, comment, changes: changed }: Line) {
  const name = authorId ? nameOf(shell, authorId) : 'System';
  if (!comment) return html`<li class="change"><span>${name}</span>${moment(at)}${changes(changed ?? [])}</li>`;
  return html`<li class="comment" data-public=${comment.public}>
    <span class="initials" aria-hidden="true">${initials(name)}</span>
    <div class="said">
      <p class="by">
        <strong>${name}</strong>${moment(at)}
        ${comment.public ? nothing : html`<span class="internal">${icon('lock')}Internal note</span>`}
      </p>
      <p class="body">${comment.body}</p>
      ${changed ? changes(changed) : nothing}
    </div>
  </li>`;
}

function opened(shell: Shell, ticket: Ticket) {
  const history = historyOf(shell, ticket.id);
  return html`<article class="ticket" aria-label=${`Ticket ${ticket.id}`}>
    <header class="page-head">
      <p class="over">Ticket #${ticket.id} ${statusBadge(ticket.status)}</p>
      <h1>${ticket.subject}</h1>
      <dl class="facts">
        <div>
          <dt>Requester</dt>
          <dd>
            <a href=${pathOf({ kind: 'user', id: ticket.requester_id })}>${nameOf(shell, ticket.requester_id)}</a>
          </dd>
        </div>
        <div>
          <dt>Assignee</dt>
          <dd>${ticket.assignee_id ? nameOf(shell, ticket.assignee_id) : 'Nobody'}</dd>
        </div>
        ${
          ticket.tags?.length
            ? html`<div>
                <dt>Tags</dt>
                <dd>${ticket.tags.join(', ')}</dd>
              </div>`
            : nothing
        }
      </dl>
    </header>
    <div class="conversation" role="log" aria-label="Conversation" tabindex="0">
      ${history === undefined ? html`<p class="empty">Loading …</p>` : nothing}
      ${history?.length === 0 ? html`<p class="empty">Nothing was said yet.</p>` : nothing}
      <ol>
        ${history?.map((one) => line(shell, one))}
      </ol>
    </div>
    ${composer(shell, ticket)}
  </article>`;
}

export function ticketView(shell: Shell, id: number | 'new') {
  if (id === 'new') {
    return html`<div class="page">
      <h1>New ticket</h1>
      <p class="empty">This stand-in has no form for new tickets; the app makes them through the API.</p>
    </div>`;
  }
  return whenLoaded(
    shell,
    ticketData(shell, id),
    (ticket) => opened(shell, ticket),
    () => shell.loads.drop(`ticket:${id}`),
  );
}
