import { css } from 'lit';

export const adapterStyles = css`
  :host {
    display: block;
    position: relative;
    inline-size: 320px;
    block-size: 520px;
    min-inline-size: 250px;
    max-inline-size: 100%;
    background: var(--_ground);
    overflow: hidden;
  }
  :host([hidden]) {
    display: none;
  }
  :host([minimized]) {
    block-size: auto;
  }
  .panel {
    position: relative;
    display: grid;
    grid-template: auto auto minmax(0, 1fr) / minmax(0, 1fr);
    height: 100%;
    text-align: start;
  }
  .header {
    display: flex;
    align-items: center;
    gap: var(--_1);
    min-height: 48px;
    padding-inline: var(--_3) var(--_2);
    border-bottom: 1px solid var(--_line);
  }
  .grow,
  .status {
    flex: 1;
    min-width: 0;
  }
  .status ccai-combobox {
    --_edge: transparent;
    --ccai-color-edge: transparent;
    width: fit-content;
    max-width: 100%;
  }
  .status:has(.small:not(:empty)) {
    --_field: 24px;
  }
  .status > .small {
    display: block;
    margin-block: 3px -4px;
    padding: 0 var(--_3);
  }
  /* A14: their place is kept until their file is loaded. */
  ccai-records-dot,
  ccai-options-menu {
    flex: none;
    width: 24px;
  }
  ccai-options-menu {
    width: 32px;
  }
  ccai-panel-tabs:not(:defined) {
    display: block;
    height: 37px;
  }
  .status > ccai-combobox:not(:defined) {
    display: flex;
    align-items: center;
    min-height: 36px;
    padding-inline: var(--_3);
  }
  .dot {
    flex: none;
    width: 10px;
    height: 10px;
    border-radius: 50%;
    background: var(--_muted);
    forced-color-adjust: none;
  }
  .dot.green {
    background: var(--_good);
  }
  .dot.red {
    background: var(--_bad);
  }
  .dot.yellow {
    background: var(--_warn);
  }
  .offline {
    color: var(--_warn);
  }
  .banners {
    display: grid;
    max-height: 40cqh;
    overflow: auto;
  }
  /* An open list takes the place of the screen. During a call, it takes the space that the folded call leaves. */
  .panel:has([open]) {
    grid-template-rows: auto minmax(40%, 1fr) auto;
  }
  .banners:has([open]) {
    max-height: none;
    align-content: start;
  }
  .banners:has([open]) ~ .screen > :not(ccai-call-screen, ccai-chat-screen) {
    display: none;
  }
  .banners > .message {
    margin: var(--_2) var(--_2) 0;
  }
  .screen {
    min-height: 0;
    overflow: hidden;
  }
  .screen > [hidden] {
    display: none;
  }
  .unready {
    padding: var(--_4);
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_1) var(--_2);
    width: 100%;
    min-height: 48px;
    padding: var(--_1) var(--_2);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_ground);
  }
  .restore {
    display: flex;
    flex: 1 1 120px;
    align-items: center;
    gap: var(--_2);
    min-width: 0;
    min-height: 40px;
    padding: var(--_1) var(--_2);
    background: none;
    text-align: start;
    cursor: pointer;
  }
  div > .restore {
    border: 0;
  }
  .restore .lines {
    display: grid;
    min-width: 0;
  }
  :host(:focus-within) .restore:focus-visible {
    outline-offset: -2px;
  }
  .rings {
    border-color: var(--_good);
    background: var(--_good-fill);
    color: var(--_on-good);
    animation: ring 1s infinite alternate;
  }
  .rings .restore,
  .rings .small {
    color: inherit;
  }
  .rings .button {
    border-color: currentcolor;
    background: none;
    color: inherit;
  }
  .rings .good {
    background: var(--_on-good);
    color: var(--_good-fill);
  }
  @keyframes ring {
    to {
      box-shadow: inset 0 0 0 3px var(--_on-good);
    }
  }
  @media (prefers-reduced-motion) {
    .rings {
      animation: none;
    }
  }
`;
