import { html, nothing, render } from 'lit';
import { pathOf, type Place } from '../places.js';
import type { Shell } from '../shell.js';
import { customerView } from './customer-view.js';
import { drawerView } from './drawer-view.js';
import { customersView, homeView, ticketsView } from './lists-view.js';
import { icon } from './pieces.js';
import { railView } from './rail-view.js';
import { ticketView } from './ticket-view.js';
import { topView } from './top-view.js';

function placeView(shell: Shell, place: Place) {
  switch (place.kind) {
    case 'home':
      return homeView(shell);
    case 'tickets':
      return ticketsView(shell);
    case 'users':
      return customersView(shell);
    case 'ticket':
      return ticketView(shell, place.id);
    case 'user':
      return customerView(shell, place.id);
    case 'app':
      return shell.panes.navBar ? nothing : html`<p class="empty">The app has no page of its own.</p>`;
  }
}

const toastList = (shell: Shell) =>
  shell.toasts.shown.map(
    ({ id, text, kind }) =>
      html`<div class="toast" data-kind=${kind} role=${kind === 'notice' ? 'status' : 'alert'}>
        <p>${text}</p>
        <button type="button" aria-label="Close" @click=${() => shell.toasts.close(id)}>${icon('close')}</button>
      </div>`,
  );

const part = (id: string) => document.getElementById(id)!;

let followed = '';
let shownTab: Element | null = null;

/** Scrolls to the last comment when a ticket is opened or gets a new one. */
function followConversation(shell: Shell) {
  const log = document.querySelector('.conversation');
  const now = `${pathOf(shell.place)} ${log?.querySelectorAll('ol > li').length}`;
  if (log && now !== followed) log.scrollTop = log.scrollHeight;
  followed = now;
}

/** Draws the page around the app's iframes. The iframes are in no template, because a new one would load again. */
export function renderShell(shell: Shell) {
  render(railView(shell), part('rail'));
  render(topView(shell), part('top'));
  render(placeView(shell, shell.place), part('view'));
  part('view').hidden = shell.place.kind === 'app' && Boolean(shell.panes.navBar);
  part('drawer').hidden = !shell.isDrawerOpen;
  render(shell.isDrawerOpen ? drawerView(shell) : nothing, part('drawer'));
  render(toastList(shell), part('toasts'));
  part('popover').setAttribute('aria-label', shell.appName);
  part('nav-pane').setAttribute('aria-label', shell.appName);
  followConversation(shell);
  const heading = shell.place.kind === 'app' ? shell.appName : part('view').querySelector('h1')?.textContent;
  document.title = heading ? `${heading.trim()} – Stand-in` : 'Stand-in';
  const tab = document.querySelector('.tabs li:has([aria-current])');
  if (tab !== shownTab) tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  shownTab = tab;
}
