import { svg } from 'lit';
import { icon } from './icons.js';

/** Those of the screens that come after the first paint. */
export const callIcons = {
  hangUp: icon(svg`<path d="M3 14c5-5 13-5 18 0l-2 3-4-1v-3a12 12 0 0 0-6 0v3l-4 1z"/>`),
  erase: icon(svg`<path d="M9 5h11v14H9l-6-7zM12 9l5 6M17 9l-5 6"/>`),
  open: icon(svg`<path d="M14 4h6v6M20 4l-9 9M18 14v6H4V6h6"/>`),
  chat: icon(svg`<path d="M4 5h16v11H10l-5 4v-4H4z"/>`),
  more: icon(svg`<path d="M5 12h.01M12 12h.01M19 12h.01" stroke-width="3"/>`),
  leave: icon(svg`<path d="M14 4H5v16h9M10 12h11M17 8l4 4-4 4"/>`),
  plus: icon(svg`<path d="M12 5v14M5 12h14"/>`),
  none: icon(svg`<circle cx="12" cy="12" r="8"/><path d="m6.5 6.5 11 11"/>`),
};
