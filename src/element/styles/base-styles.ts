import { css } from 'lit';

/** Styles of the first paint: type, buttons, fields, messages, the focus ring. */
export const baseStyles = css`
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  :host {
    color: var(--_text);
    font-size: var(--_size);
    line-height: calc(20 / 14);
  }
  h2,
  h3,
  p {
    margin: 0;
    font: inherit;
  }
  button,
  input {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  :focus {
    outline: none;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .small {
    font-size: var(--_small);
    line-height: calc(16 / 12);
    color: var(--_muted);
  }
  .large {
    font-size: var(--_large);
    line-height: calc(24 / 18);
    font-weight: 600;
  }
  .digits {
    font-variant-numeric: tabular-nums;
  }
  .cut {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .break {
    overflow-wrap: anywhere;
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--_2);
    min-height: 40px;
    padding: var(--_1) var(--_3);
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    background: var(--_ground);
    font-weight: 500;
    text-align: center;
    cursor: pointer;
  }
  .button:hover:not(:disabled) {
    background: var(--_hover);
  }
  .button:disabled {
    border-color: var(--_line);
    background: var(--_raised);
    color: var(--_muted);
    cursor: not-allowed;
  }
  .main:not(:disabled),
  .main:hover:not(:disabled) {
    border-color: var(--_accent-fill);
    background: var(--_accent-fill);
    color: var(--_on-accent);
  }
  .main:hover:not(:disabled) {
    filter: brightness(0.94);
  }
  .quiet {
    min-height: 32px;
    padding: var(--_1) var(--_2);
    border-color: transparent;
    background: none;
    color: var(--_accent);
  }
  .icon-only {
    min-width: 32px;
    padding: var(--_1);
    color: var(--_muted);
  }
  .field {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_1);
  }
  .label {
    font-size: var(--_small);
    line-height: calc(16 / 12);
    font-weight: 500;
    color: var(--_muted);
  }
  .input {
    width: 100%;
    min-width: 0;
    min-height: 36px;
    padding: var(--_1) var(--_3);
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    background: var(--_ground);
    text-overflow: ellipsis;
  }
  .input::placeholder {
    color: var(--_muted);
    font-style: italic;
    opacity: 1;
  }
  .input[readonly] {
    background: var(--_raised);
    border-color: var(--_line);
  }
  .input[aria-invalid='true'] {
    border-color: var(--_bad);
    box-shadow: inset 0 0 0 1px var(--_bad);
  }
  .message {
    display: flex;
    gap: var(--_2);
    padding: var(--_2) var(--_3);
    border-radius: var(--_radius);
    background: var(--_raised);
    overflow-wrap: anywhere;
  }
  .message.warn {
    background: var(--_warn-soft);
  }
  .message.bad-news {
    background: var(--_bad-soft);
  }
  .message.warn svg {
    color: var(--_warn);
  }
  .message.bad-news svg {
    color: var(--_bad);
  }
  .message > div {
    flex: 1;
    min-width: 0;
    display: grid;
    gap: var(--_1);
    justify-items: start;
  }
  .error {
    color: var(--_bad);
    overflow-wrap: anywhere;
  }
  svg {
    flex: none;
    width: 16px;
    height: 16px;
    margin-block: 2px;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (forced-colors: active) {
    .message {
      border: 1px solid CanvasText;
    }
    .main:not(:disabled) {
      forced-color-adjust: none;
      border-color: Highlight;
      background: Highlight;
      color: HighlightText;
    }
    .quiet,
    .icon-only {
      border-color: Canvas;
    }
    .button:disabled {
      border-color: GrayText;
      color: GrayText;
    }
  }
`;

/** The frame of a screen. Its body scrolls. Its footer, with the missing decisions, does not. */
export const frameStyles = css`
  :host {
    display: grid;
    grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr);
    min-height: 0;
    height: 100%;
  }
  .body {
    display: flex;
    flex-direction: column;
    gap: var(--_2);
    min-height: 0;
    padding: var(--_1) var(--_4) var(--_3);
    overflow: auto;
  }
  .footer {
    display: grid;
    gap: var(--_2);
    padding: var(--_3) var(--_4);
    border-top: 1px solid var(--_line);
    background: var(--_ground);
  }
  /* A14: the line above the actions has one height, whether it says something or not. */
  .footer > :is(ccai-records-line:not(:defined), .line) {
    display: block;
    min-height: 20px;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_2);
  }
  .actions > * {
    flex: 1 1 auto;
  }
  .actions > .main {
    flex: 2 1 auto;
  }
  @media (max-height: 320px) {
    :host {
      overflow: auto;
      grid-template: auto auto auto / minmax(0, 1fr);
    }
    .body {
      overflow: visible;
    }
  }
`;
