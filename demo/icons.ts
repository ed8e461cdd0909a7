import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

const icon = (shape: SVGTemplateResult): TemplateResult =>
  html`<svg viewBox="0 0 24 24" aria-hidden="true">${shape}</svg>`;

export const demoIcons = {
  wheel: icon(
    svg`<circle cx="12" cy="12" r="9"/><circle cx="12" cy="12" r="2"/><path d="M12 3v7M12 14v7M4.2 7.5l6 3.5M13.8 13l6 3.5M4.2 16.5l6-3.5M13.8 11l6-3.5"/>`,
  ),
  ticket: icon(svg`<path d="M4 6h16v4a2 2 0 0 0 0 4v4H4v-4a2 2 0 0 0 0-4zM10 9h5M10 12h5M10 15h3"/>`),
  people: icon(
    svg`<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20a6.5 6.5 0 0 1 13 0M16 4.8a3.5 3.5 0 0 1 0 6.4M18 14.5a6.5 6.5 0 0 1 3.5 5.5"/>`,
  ),
  flask: icon(svg`<path d="M9 3h6M10 3v6l-5.5 9.5A1.7 1.7 0 0 0 6 21h12a1.7 1.7 0 0 0 1.5-2.5L14 9V3M7.5 15h9"/>`),
  search: icon(svg`<circle cx="11" cy="11" r="6.5"/><path d="m16 16 5 5"/>`),
  phone: icon(
    svg`<path d="M6 3h3l2 5-2.5 1.5a11 11 0 0 0 6 6L16 13l5 2v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z"/>`,
  ),
  keypad: icon(
    svg`<path d="M6 5h.01M12 5h.01M18 5h.01M6 11h.01M12 11h.01M18 11h.01M6 17h.01M12 17h.01M18 17h.01" stroke-width="3"/>`,
  ),
  down: icon(svg`<path d="m6 9 6 6 6-6"/>`),
  close: icon(svg`<path d="M6 6l12 12M18 6 6 18"/>`),
  lock: icon(svg`<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>`),
  warning: icon(svg`<path d="M12 4 2.5 20h19zM12 10v4M12 17.5v.01"/>`),
  sound: icon(svg`<path d="M4 10v4M8 6v12M12 9v6M16 4v16M20 9v6"/>`),
  clip: icon(svg`<path d="m20 11-8.5 8.5a5 5 0 0 1-7-7L13 4a3.5 3.5 0 0 1 5 5l-8.5 8.5a2 2 0 0 1-3-3L14 7"/>`),
  plug: icon(svg`<path d="M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v4"/>`),
};
