import { html, nothing, svg, type TemplateResult } from 'lit';
import { ApiProblem, control, type Person, type Ticket } from '../account.js';
import type { Loaded } from '../loads.js';
import { pathOf } from '../places.js';
import type { Shell } from '../shell.js';

const drawings = {
  home: svg`<path d="M3 9.5 10 4l7 5.5V16a1 1 0 0 1-1 1h-3.5v-5h-5v5H4a1 1 0 0 1-1-1Z" />`,
  tickets: svg`<path d="M3 5.5h14v9H3zM3 9h14M6 12h4" />`,
  users: svg`<circle cx="10" cy="7" r="3" /><path d="M4 17c.4-3.4 2.7-5 6-5s5.6 1.6 6 5" />`,
  app: svg`<path d="M4 4h5v5H4zM11 4h5v5h-5zM4 11h5v5H4zM11 11h5v5h-5z" />`,
  drawer: svg`<path d="M3 6h7M14 6h3M3 14h3M10 14h7" /><circle cx="12" cy="6" r="2" /><circle cx="8" cy="14" r="2" />`,
  call: svg`<path d="M6.5 3.5 8 7 6.2 8.5c.9 2 2.3 3.4 4.3 4.3L12 11l3.5 1.5c.5.2.8.7.7 1.2-.3 1.8-1.5 2.8-3.2 2.8C8 16.5 3.5 12 3.5 7c0-1.7 1-2.9 2.8-3.2.1 0 .1 0 .2-.3Z" />`,
  close: svg`<path d="m5.5 5.5 9 9M14.5 5.5l-9 9" />`,
  down: svg`<path d="m6 8.5 4 4 4-4" />`,
  search: svg`<circle cx="9" cy="9" r="5" /><path d="m13 13 4 4" />`,
  lock: svg`<path d="M5 9h10v7H5zM7 9V7a3 3 0 0 1 6 0v2" />`,
};

export const icon = (name: keyof typeof drawings) =>
  html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">${drawings[name]}</svg>`;

const statuses: Record<string, string> = {
  new: 'New',
  open: 'Open',
  pending: 'Pending',
  hold: 'On-hold',
  solved: 'Solved',
  closed: 'Closed',
};

export const statusName = (status: string) => statuses[status] ?? status;
export const statusBadge = (status: string) =>
  html`<span class="status" data-status=${status}>${statusName(status)}</span>`;

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'medium' });

export function moment(at: number | string) {
  const date = new Date(at);
  const isToday = date.toDateString() === new Date().toDateString();
  const shown = isToday ? clock.format(date) : `${day.format(date)}, ${clock.format(date)}`;
  return html`<time datetime=${date.toISOString()} title=${full.format(date)}>${shown}</time>`;
}

/** A stored number, grouped by style only, so that it is read out and copied without gaps. */
export function phoneNumber(number: string) {
  const groups = /^([+]1)(\d{3})(\d{3})(\d{4})$/.exec(number)?.slice(1) ?? [number];
  return html`<span class="number">${groups.map((group) => html`<span>${group}</span>`)}</span>`;
}

/** The loaded data, a note while it loads, or why it could not be loaded. */
export function whenLoaded<T>(shell: Shell, loaded: Loaded<T>, show: (value: T) => TemplateResult, retry: () => void) {
  if (loaded.value !== undefined) return show(loaded.value);
  if (!loaded.problem) return html`<p class="empty" role="status">Loading …</p>`;
  const isSignedOut = loaded.problem instanceof ApiProblem && loaded.problem.status === 401;
  return html`<div class="empty" role="alert">
    <p>${loaded.problem.message}</p>
    ${
      isSignedOut
        ? html`<button type="button" @click=${() => void shell.signIn()}>Sign in again</button>`
        : html`<button type="button" @click=${retry}>Try again</button>`
    }
  </div>`;
}

export function personOf(shell: Shell, id: number) {
  return shell.loads.get(`person:${id}`, async () => (await control.user(id)) as unknown as Person);
}

export const nameOf = (shell: Shell, id: number | null | undefined) =>
  id ? (personOf(shell, id).value?.name ?? `#${id}`) : '—';

export function ticketTable(shell: Shell, tickets: readonly Ticket[], caption: string, withRequester = true) {
  if (tickets.length === 0) return html`<p class="empty">No tickets.</p>`;
  return html`<table>
    <caption class="unseen">
      ${caption}
    </caption>
    <thead>
      <tr>
        <th scope="col" class="id">Ticket</th>
        <th scope="col">Subject</th>
        ${withRequester ? html`<th scope="col" class="who">Requester</th>` : nothing}
        <th scope="col" class="state">Status</th>
        <th scope="col" class="when">Updated</th>
      </tr>
    </thead>
    <tbody>
      ${tickets.map(
        (ticket) =>
          html`<tr>
            <td class="id">#${ticket.id}</td>
            <td class="subject">
              <a href=${pathOf({ kind: 'ticket', id: ticket.id })} title=${ticket.subject}>${ticket.subject}</a>
            </td>
            ${
              withRequester
                ? html`<td class="who">
                    <a href=${pathOf({ kind: 'user', id: ticket.requester_id })}
                      >${nameOf(shell, ticket.requester_id)}</a
                    >
                  </td>`
                : nothing
            }
            <td class="state">${statusBadge(ticket.status)}</td>
            <td class="when">${moment(ticket.updated_at)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** A select element with its label. */
export function choose(
  label: string,
  options: readonly (readonly [value: string, words: string])[],
  chosen: string,
  set: (value: string) => void,
) {
  return html`<label class="field"
    >${label}
    <select @change=${(event: Event) => set((event.target as HTMLSelectElement).value)}>
      ${options.map(([value, words]) => html`<option value=${value} .selected=${value === chosen}>${words}</option>`)}
    </select>
  </label>`;
}
