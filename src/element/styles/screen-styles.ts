import { css } from 'lit';
import { baseStyles, frameStyles } from './base-styles.js';

/** Styles of the screens that load after the first paint. */
export const screenStyles = [
  baseStyles,
  css`
    .good:not(:disabled),
    .good:hover:not(:disabled) {
      border-color: var(--_good-fill);
      background: var(--_good-fill);
      color: var(--_on-good);
    }
    .bad:not(:disabled),
    .bad:hover:not(:disabled) {
      border-color: var(--_bad-fill);
      background: var(--_bad-fill);
      color: var(--_on-bad);
    }
    .good:hover:not(:disabled),
    .bad:hover:not(:disabled) {
      filter: brightness(0.94);
    }
    .actions > .good,
    .actions > .bad {
      flex: 2 1 auto;
    }
    .actions > .bad {
      white-space: nowrap;
    }
    .link {
      padding: 0;
      border: 0;
      background: none;
      color: var(--_accent);
      text-align: start;
      text-decoration: underline;
      text-underline-offset: 2px;
      cursor: pointer;
      overflow-wrap: anywhere;
    }
    /* Has the focus only for screen readers, and is no control. */
    [tabindex='-1']:focus-visible {
      outline: none;
    }
    @media (forced-colors: active) {
      /* No filled colour for End call: it would look like a toggle that is pressed. */
      .bad:not(:disabled) {
        border-width: 2px;
        background: ButtonFace;
        color: ButtonText;
      }
      .good:not(:disabled) {
        forced-color-adjust: none;
        border-color: Highlight;
        background: Highlight;
        color: HighlightText;
      }
    }
  `,
];

/** The frame of a screen, with the bar that leads back. */
export const screenFrameStyles = [
  frameStyles,
  css`
    :host {
      container-type: inline-size;
    }
    /* Keeps buttons side by side, except with large text. */
    @container (min-width: 13rem) {
      .actions {
        flex-wrap: nowrap;
      }
    }
    @container (max-width: 20rem) {
      .actions > .button {
        gap: var(--_1);
        padding-inline: var(--_2);
      }
    }
    @container (max-width: 17rem) {
      .footer {
        padding-inline: var(--_3);
      }
    }
    .top {
      display: flex;
      align-items: center;
      gap: var(--_1);
      min-height: 40px;
      padding: var(--_1) var(--_2) 0;
    }
    .top button:dir(rtl) svg {
      transform: scaleX(-1);
    }
    .top h2 {
      font-size: var(--_size);
      font-weight: 600;
    }
  `,
];
