import { pathOf, placeOf } from './places.js';
import { Shell } from './shell.js';
import { renderShell } from './views/shell-view.js';

const shell = new Shell(renderShell);

declare global {
  interface Window {
    /** For tests: lists the instances and changes a context. */
    standInShell: Shell;
  }
}
window.standInShell = shell;

// Links are followed without a page load, which would end a call in the app's iframes.
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.defaultPrevented) return;
  const url = new URL(link.href);
  if (url.origin !== location.origin || !url.pathname.startsWith('/agent')) return;
  event.preventDefault();
  if (pathOf(shell.place) !== url.pathname) shell.go(placeOf(url.pathname));
});

await shell.start();
