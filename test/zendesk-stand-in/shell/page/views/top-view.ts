import { html, nothing } from 'lit';
import { pathOf, samePlace, type Tab } from '../places.js';
import type { Shell } from '../shell.js';
import { icon, personOf } from './pieces.js';
import { searchBox } from './search-view.js';
import { ticketData } from './ticket-data.js';

const agents = [
  [101, 'Ana (administrator)'],
  [102, 'Ben (agent)'],
  [103, 'Chloé (agent, French)'],
] as const;

function titleOf(shell: Shell, tab: Tab) {
  if (tab.kind === 'user') return personOf(shell, tab.id).value?.name ?? `Customer ${tab.id}`;
  if (tab.id === 'new') return 'New ticket';
  return ticketData(shell, tab.id).value?.subject ?? `Ticket ${tab.id}`;
}

function tabItem(shell: Shell, tab: Tab) {
  const title = titleOf(shell, tab);
  const isHere = samePlace(tab, shell.place);
  return html`<li>
    <a href=${pathOf(tab)} aria-current=${isHere ? 'page' : nothing} title=${title}>
      ${icon(tab.kind === 'user' ? 'users' : 'tickets')}
      <span class="title">${title}</span>
      ${tab.kind === 'ticket' && tab.id !== 'new' ? html`<span class="id">#${tab.id}</span>` : nothing}
    </a>
    <button type="button" aria-label=${`Close ${title}`} @click=${() => shell.close(tab)}>${icon('close')}</button>
  </li>`;
}

function appButton(shell: Shell) {
  if (!shell.panes.topBar) return nothing;
  const { symbol } = shell.icon;
  return html`<button
    type="button"
    class="app"
    data-popover-button
    data-symbol=${symbol}
    title=${shell.appName}
    aria-label=${shell.appName}
    aria-haspopup="dialog"
    aria-controls="popover"
    aria-expanded=${shell.panes.isOpen}
    @click=${() => (shell.panes.isOpen ? shell.panes.close() : shell.panes.open())}
    @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && shell.panes.close()}
  >
    ${shell.icon.draw() ?? icon('call')}
  </button>`;
}

function signIn(event: Event) {
  const page = new URL(location.href);
  page.searchParams.set('user', (event.target as HTMLSelectElement).value);
  location.assign(page);
}

/** Tabs, search, the app's icon and the signed-in agent. */
export function topView(shell: Shell) {
  return html`<ul class="tabs" aria-label="Open tabs">
      ${shell.tabs.map((tab) => tabItem(shell, tab))}
    </ul>
    ${searchBox(shell)} ${appButton(shell)}
    <label class="agent">
      <span>Signed in as</span>
      <select @change=${signIn}>
        ${agents.map(([id, name]) => html`<option value=${id} ?selected=${id === shell.me.id}>${name}</option>`)}
      </select>
    </label>`;
}
