import { html, nothing } from 'lit';
import { pathOf, type Place } from '../places.js';
import type { Shell } from '../shell.js';
import { icon } from './pieces.js';

/** Links to the lists and to the app's own page, and the button of the drawer. */
export function railView(shell: Shell) {
  const { kind } = shell.place;
  const link = (place: Place, drawing: Parameters<typeof icon>[0], label: string, isHere: boolean) =>
    html`<a href=${pathOf(place)} aria-current=${isHere ? 'page' : nothing}>${icon(drawing)}<span>${label}</span></a>`;
  return html`${link({ kind: 'home' }, 'home', 'Home', kind === 'home')}
    ${link({ kind: 'tickets' }, 'tickets', 'Tickets', kind === 'tickets')}
    ${link({ kind: 'users' }, 'users', 'Customers', kind === 'users')}
    ${shell.panes.navBar ? link({ kind: 'app', path: '' }, 'app', shell.appName, kind === 'app') : nothing}
    <button
      type="button"
      aria-expanded=${shell.isDrawerOpen}
      aria-controls="drawer"
      @click=${() => {
        shell.isDrawerOpen = !shell.isDrawerOpen;
        shell.update();
      }}
    >
      ${icon('drawer')}<span>Stand-in</span>
      ${
        shell.log.errors.length > 0
          ? html`<span class="mark" title="Protocol errors">${shell.log.errors.length}</span>`
          : nothing
      }
    </button>`;
}
