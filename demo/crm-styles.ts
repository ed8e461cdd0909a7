import { css } from 'lit';

/** Velora's light and dark colours. Every part of the page inherits them from the app. */
export const palette = css`
  :host {
    --page: light-dark(#f4f6f5, #101413);
    --card: light-dark(#ffffff, #181d1c);
    --hover: light-dark(#eef2f0, #222927);
    --text: light-dark(#1c2825, #e8edeb);
    --muted: light-dark(#56635f, #a4b0ac);
    --line: light-dark(#dfe5e2, #2c3533);
    --edge: light-dark(#84908c, #77847f);
    --accent: light-dark(#0b6b54, #63d1af);
    --on-accent: light-dark(#ffffff, #06231b);
    --soft: light-dark(#e4f2ed, #17332b);
    --rail: light-dark(#12312b, #0b211c);
    --on-rail: #dcebe5;
    --rail-on: #2b4d45;
    --note: light-dark(#fff8e6, #29251a);
    --note-line: light-dark(#ecdba8, #554a26);
    --bad: light-dark(#b3261e, #ff9d94);
    --mark: light-dark(#1f5fbf, #8ab8ff);
    --mark-soft: light-dark(#e8f0fc, #1c2e49);
    --radius: 6px;
  }
  @media (forced-colors: active) {
    :host {
      --accent: LinkText;
      --on-accent: Canvas;
      --line: CanvasText;
    }
  }
`;

/** The styles that all parts of the page share: type, buttons, fields, the focus ring. */
export const crmStyles = css`
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  :host {
    color: var(--text);
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
  }
  :focus {
    outline: none;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  svg {
    flex: none;
    width: 16px;
    height: 16px;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  a {
    color: var(--accent);
    text-underline-offset: 2px;
  }
  .small {
    font-size: 12px;
    line-height: 16px;
  }
  .muted {
    color: var(--muted);
  }
  .digits {
    font-variant-numeric: tabular-nums;
  }
  .cut {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  /* Text is aligned with the page's start, and long text is cut at its end. */
  .side {
    text-align: left;
  }
  :dir(rtl) > .side {
    text-align: right;
  }
  .break {
    overflow-wrap: anywhere;
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-height: 32px;
    padding: 5px 12px;
    border: 1px solid var(--edge);
    border-radius: var(--radius);
    background: var(--card);
    font-weight: 500;
    cursor: pointer;
  }
  .button:hover:not(:disabled) {
    background: var(--hover);
  }
  .button:disabled {
    border-color: var(--line);
    color: var(--muted);
    cursor: not-allowed;
  }
  .main:not(:disabled) {
    border-color: var(--accent);
    background: var(--accent);
    color: var(--on-accent);
  }
  .main:hover:not(:disabled) {
    background: var(--accent);
    filter: brightness(0.94);
  }
  .quiet {
    border-color: transparent;
    background: none;
  }
  .icon-only {
    width: 32px;
    padding: 0;
    color: var(--muted);
  }
  .input {
    min-height: 32px;
    min-width: 0;
    padding: 5px 8px;
    border: 1px solid var(--edge);
    border-radius: var(--radius);
    background: var(--card);
  }
  .input::placeholder {
    color: var(--muted);
    opacity: 1;
  }
  .avatar {
    display: inline-grid;
    place-items: center;
    flex: none;
    width: 32px;
    height: 32px;
    border-radius: 50%;
    background: var(--soft);
    color: var(--accent);
    font-size: 12px;
    font-weight: 600;
  }
`;
