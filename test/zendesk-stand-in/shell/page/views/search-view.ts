import { html, nothing } from 'lit';
import { search, type Person, type Ticket } from '../account.js';
import { pathOf, type Place } from '../places.js';
import type { Shell } from '../shell.js';
import { icon, phoneNumber } from './pieces.js';

const state: { typed: string; isOpen: boolean; found?: { people: Person[]; tickets: Ticket[] }; problem?: string } = {
  typed: '',
  isOpen: false,
};
let due: ReturnType<typeof setTimeout> | undefined;

async function look(shell: Shell, typed: string) {
  const answer = await search(typed).catch((error: Error) => error);
  if (typed !== state.typed) return;
  if (answer instanceof Error) Object.assign(state, { problem: answer.message, found: undefined });
  else Object.assign(state, { problem: undefined, found: answer });
  shell.update();
}

function type(shell: Shell, event: Event) {
  state.typed = (event.target as HTMLInputElement).value.trim();
  Object.assign(state, { isOpen: state.typed.length > 1, found: undefined, problem: undefined });
  clearTimeout(due);
  if (state.isOpen) due = setTimeout(() => void look(shell, state.typed), 300);
  shell.update();
}

function close(shell: Shell) {
  state.isOpen = false;
  shell.update();
}

function leave(shell: Shell) {
  document.querySelector<HTMLInputElement>('.search input')!.value = '';
  close(shell);
}

const result = (shell: Shell, place: Place, text: string, extra: unknown) =>
  html`<li>
    <a href=${pathOf(place)} title=${text} @click=${() => leave(shell)}
      >${icon(place.kind === 'user' ? 'users' : 'tickets')}<span class="title">${text}</span
      ><span class="extra">${extra}</span></a
    >
  </li>`;

function results(shell: Shell) {
  if (state.problem) return html`<p class="empty" role="alert">${state.problem}</p>`;
  if (!state.found) return html`<p class="empty">Searching …</p>`;
  const { people, tickets } = state.found;
  if (people.length + tickets.length === 0) return html`<p class="empty">Nothing found for “${state.typed}”.</p>`;
  return html`<ul aria-label="Search results">
    ${people
      .slice(0, 8)
      .map((one) =>
        result(shell, { kind: 'user', id: one.id }, one.name, one.phone ? phoneNumber(one.phone) : (one.email ?? '')),
      )}
    ${tickets.slice(0, 8).map((one) => result(shell, { kind: 'ticket', id: one.id }, one.subject, `#${one.id}`))}
  </ul>`;
}

/** Finds people and tickets while the agent types. */
export function searchBox(shell: Shell) {
  const leave = (event: FocusEvent) => {
    if (!(event.currentTarget as Element).contains(event.relatedTarget as Node | null)) close(shell);
  };
  return html`<search
    class="search"
    @focusout=${leave}
    @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && close(shell)}
  >
    ${icon('search')}
    <input
      type="search"
      aria-label="Search"
      placeholder="Name, number or ticket"
      autocomplete="off"
      @input=${(event: Event) => type(shell, event)}
      @focus=${(event: Event) => type(shell, event)}
    />
    ${state.isOpen ? html`<div class="results">${results(shell)}</div>` : nothing}
  </search>`;
}
