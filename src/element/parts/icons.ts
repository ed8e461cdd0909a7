import { svg, type SVGTemplateResult } from 'lit';

/** An icon from a shape of 24 × 24 units. */
export const icon = (shape: SVGTemplateResult) =>
  svg`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">${shape}</svg>`;

/** Drawn for this panel. Each icon stands beside a word or names its button. */
export const icons = {
  back: icon(svg`<path class="flip" d="m15 5-7 7 7 7"/>`),
  phone: icon(
    svg`<path d="M6 3h3l2 5-2.5 1.5a11 11 0 0 0 6 6L16 13l5 2v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z"/>`,
  ),
  keypad: icon(
    svg`<path d="M6 5h.01M12 5h.01M18 5h.01M6 11h.01M12 11h.01M18 11h.01M6 17h.01M12 17h.01M18 17h.01M12 22h.01" stroke-width="3"/>`,
  ),
  down: icon(svg`<path d="m6 9 6 6 6-6"/>`),
  check: icon(svg`<path d="m5 12 5 5 9-10"/>`),
  close: icon(svg`<path d="M6 6l12 12M18 6 6 18"/>`),
  minus: icon(svg`<path d="M6 12h12"/>`),
  warning: icon(svg`<path d="M12 4 2.5 20h19zM12 10v4M12 17.5v.01"/>`),
  info: icon(svg`<circle cx="12" cy="12" r="9"/><path d="M12 11v5M12 8v.01"/>`),
  offline: icon(svg`<path d="M3 3l18 18M4 11a12 12 0 0 1 16 0M12 18v.01"/>`),
};
