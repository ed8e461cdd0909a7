import { svg } from 'lit';
import { icon } from './icons.js';

/** The icons of the screens that load after the first paint. */
export const callIcons = {
  hangUp: icon(svg`<path d="M3 14c5-5 13-5 18 0l-2 3-4-1v-3a12 12 0 0 0-6 0v3l-4 1z"/>`),
  erase: icon(svg`<path d="M9 5h11v14H9l-6-7zM12 9l5 6M17 9l-5 6"/>`),
  open: icon(svg`<path d="M14 4h6v6M20 4l-9 9M18 14v6H4V6h6"/>`),
  chat: icon(svg`<path d="M4 5h16v11H10l-5 4v-4H4z"/>`),
  more: icon(svg`<path d="M5 12h.01M12 12h.01M19 12h.01" stroke-width="3"/>`),
  leave: icon(svg`<path d="M14 4H5v16h9M10 12h11M17 8l4 4-4 4"/>`),
  mute: icon(svg`<path d="M9 9V6a3 3 0 0 1 6 0v5M6 11a6 6 0 0 0 9.5 4.9M18 11a6 6 0 0 1-.4 2.2M12 17v4M4 4l16 16"/>`),
  hold: icon(svg`<path d="M9 5v14M15 5v14" stroke-width="3"/>`),
  redact: icon(svg`<circle cx="12" cy="12" r="8"/><path d="M10 9v6M14 9v6"/>`),
  recording: icon(svg`<circle cx="12" cy="12" r="8"/><circle cx="12" cy="12" r="3.5" fill="currentColor"/>`),
  transfer: icon(svg`<path d="M4 9h14l-4-4M20 15H6l4 4"/>`),
  info: icon(svg`<circle cx="12" cy="12" r="8"/><path d="M12 11v5M12 8h.01"/>`),
  person: icon(svg`<circle cx="12" cy="8" r="4"/><path d="M4 21c1-5 4-7 8-7s7 2 8 7"/>`),
  incoming: icon(svg`<path d="M19 5 8 16M8 8v8h8"/>`),
  outgoing: icon(svg`<path d="m5 19 11-11M8 8h8v8"/>`),
  missedCall: icon(svg`<path d="m4 6 8 8 8-8M14 6h6v6"/>`),
  voicemail: icon(svg`<circle cx="7" cy="12" r="4"/><circle cx="17" cy="12" r="4"/><path d="M7 16h10"/>`),
  today: icon(svg`<path d="M5 20V10M12 20V4M19 20v-7"/>`),
  network: icon(svg`<path d="M4 10a12 12 0 0 1 16 0M7 14a7 7 0 0 1 10 0M12 18h.01"/>`),
  language: icon(svg`<circle cx="12" cy="12" r="8"/><path d="M4 12h16M12 4c5 5 5 11 0 16M12 4c-5 5-5 11 0 16"/>`),
  sound: icon(svg`<path d="M4 9v6h4l5 4V5L8 9zM17 8a6 6 0 0 1 0 8"/>`),
  copy: icon(svg`<path d="M8 8h11v12H8zM5 16V4h11"/>`),
  plus: icon(svg`<path d="M12 5v14M5 12h14"/>`),
  up: icon(svg`<path d="m6 15 6-6 6 6"/>`),
  none: icon(svg`<circle cx="12" cy="12" r="8"/><path d="m6.5 6.5 11 11"/>`),
};
