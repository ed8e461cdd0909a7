import { pathOf, placeOf } from './places.js';
import { Shell } from './shell.js';
import { renderShell } from './views/shell-view.js';

const shell = new Shell(renderShell);

declare global {
  interface Window {
    /** For tests: the instances, and a change of a context. */
    standInShell: Shell;
  }
}
window.standInShell = shell;

// A page load would end a call in the app's iframes: links of the shell are followed inside of it.
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.defaultPrevented) return;
  const url = new URL(link.href);
  if (url.origin !== location.origin || !url.pathname.startsWith('/agent')) return;
  event.preventDefault();
  if (pathOf(shell.place) !== url.pathname) shell.go(placeOf(url.pathname));
});

await shell.start();
