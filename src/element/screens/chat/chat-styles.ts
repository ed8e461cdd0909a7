import { css } from 'lit';

export const chatMessagesStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 0;
  }
  .room {
    position: relative;
    flex: 1;
    min-height: 0;
  }
  .log {
    height: 100%;
    padding: var(--_1) var(--_4) var(--_2);
    overflow-y: auto;
    /* The list keeps the reading position itself. */
    overflow-anchor: none;
  }
  .log:focus-visible {
    outline-offset: -2px;
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li {
    display: flow-root;
    padding-block-start: var(--_1);
  }
  .by {
    margin-block: var(--_1) 2px;
  }
  .bubble {
    width: fit-content;
    max-width: 88%;
    padding: var(--_1) var(--_2);
    border: 1px solid transparent;
    border-radius: 10px;
    border-start-start-radius: 2px;
    background: var(--_raised);
    overflow-wrap: anywhere;
  }
  .words {
    white-space: pre-wrap;
  }
  /* A message of a megabyte is not laid out at once. */
  .all {
    max-height: 240px;
    overflow: auto;
  }
  .typing {
    padding-block: var(--_2) 0;
  }
  .agent .by,
  .agent .state {
    text-align: end;
    justify-content: end;
  }
  .agent .bubble {
    margin-inline-start: auto;
    border-radius: 10px;
    border-start-end-radius: 2px;
    background: var(--_accent-soft);
  }
  .system {
    padding-block: var(--_2);
    text-align: center;
  }
  .file {
    display: flex;
    gap: var(--_1);
  }
  .state {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 var(--_1);
    margin-block-start: 2px;
  }
  .state svg {
    width: 12px;
    height: 12px;
    margin: 0;
  }
  .failed {
    color: var(--_bad);
  }
  .link.small {
    color: var(--_accent);
  }
  .nothing {
    padding: var(--_6) var(--_4);
    text-align: center;
  }
  .trouble {
    margin: var(--_1) 0;
  }
  :host > .trouble {
    margin: var(--_2) var(--_4) var(--_1);
  }
  .newest {
    position: absolute;
    inset-block-end: var(--_1);
    inset-inline-start: 50%;
    min-height: 32px;
    border-radius: 16px;
    background: var(--_ground);
    font-size: var(--_small);
    white-space: nowrap;
    box-shadow: 0 2px 8px rgb(0 0 0 / 0.2);
    transform: translateX(-50%);
  }
  .newest:dir(rtl) {
    transform: translateX(50%);
  }
  @media (forced-colors: active) {
    .bubble {
      border-color: CanvasText;
    }
  }
`;

export const chatComposerStyles = css`
  :host {
    display: grid;
    gap: var(--_1);
    min-width: 0;
  }
  ul {
    display: grid;
    gap: 2px;
    max-height: 72px;
    margin: 0;
    padding: 0;
    overflow: auto;
    list-style: none;
  }
  li {
    display: flex;
    align-items: center;
    gap: var(--_1);
    min-width: 0;
  }
  li .cut {
    flex: 0 1 auto;
  }
  li .button {
    min-height: 24px;
    margin-inline-start: auto;
  }
  .row {
    display: flex;
    gap: var(--_2);
    align-items: end;
  }
  .field {
    position: relative;
    flex: 1;
    min-width: 0;
    grid-template-columns: minmax(0, 1fr);
  }
  textarea.input {
    display: block;
    min-height: 40px;
    max-height: 96px;
    padding: 9px 36px 9px var(--_3);
    font: inherit;
    line-height: inherit;
    color: inherit;
    resize: none;
    field-sizing: content;
  }
  /* Not the text's direction: the button stands at the panel's end. */
  :host(:dir(rtl)) textarea.input {
    padding: 9px var(--_3) 9px 36px;
  }
  .field > .button {
    position: absolute;
    inset-block-end: var(--_1);
    inset-inline-end: 2px;
  }
  .row > .button {
    flex: none;
  }
`;

export const chatScreenStyles = css`
  :host {
    grid-template: auto minmax(6rem, 1fr) auto auto / minmax(0, 1fr);
    overflow-y: auto;
  }
  :host([folded]) {
    grid-template-rows: none;
  }
  :host([folded]) :is(ccai-chat-messages, .elsewhere, .sheet) {
    display: none;
  }
  .head {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0 var(--_2);
    padding: var(--_2) var(--_4) var(--_1);
    border-bottom: 1px solid var(--_line);
  }
  .head h2 {
    font-size: 1rem;
    font-weight: 600;
  }
  .head > .small {
    grid-column: 1 / -1;
  }
  .head [role='timer'] {
    font-size: inherit;
    line-height: inherit;
    font-weight: 500;
    color: var(--_muted);
  }
  .head .time {
    display: inline-flex;
    align-items: center;
    gap: var(--_1);
  }
  .head .phase {
    color: var(--_muted);
  }
  .head .links {
    grid-column: 1 / -1;
  }
  .head .ticket {
    display: flex;
    align-items: center;
    gap: var(--_1);
    min-height: 24px;
    min-width: 0;
  }
  .head .ticket > svg {
    width: 12px;
    height: 12px;
    margin: 0;
  }
  .head h2 > .link {
    color: inherit;
    font-weight: inherit;
    text-decoration-color: var(--_edge);
    text-decoration-thickness: 1px;
  }
  .head > .message {
    grid-column: 1 / -1;
    padding-block: var(--_1);
  }
  .footer {
    position: sticky;
    bottom: 0;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_1);
    padding-block: var(--_1) var(--_2);
  }
  .troubles > * {
    margin: var(--_2) var(--_4) 0;
  }
  .troubles:has(*) {
    padding-block-end: var(--_2);
  }
  .actions {
    gap: 2px;
    align-items: center;
    padding-block-start: var(--_1);
  }
  .actions > .control {
    flex: 0 1 auto;
    min-width: 40px;
    min-height: 40px;
    padding: 2px;
    border-color: transparent;
    background: none;
    color: var(--_muted);
    white-space: nowrap;
  }
  .actions > .control:hover:not(:disabled) {
    background: var(--_hover);
  }
  .actions > .control:disabled {
    opacity: 0.5;
    cursor: not-allowed;
  }
  .actions > .button {
    flex: none;
    margin-inline-start: auto;
    white-space: nowrap;
  }
  .elsewhere {
    display: grid;
    gap: var(--_3);
    align-content: start;
    padding: var(--_4);
    overflow: auto;
  }
  a.button {
    color: inherit;
    text-decoration: none;
  }
  .sheet {
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    grid-row: 2 / -1;
    min-height: 0;
  }
  .paper {
    display: grid;
    grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
    min-height: 0;
  }
  @container (max-width: 17rem) {
    .actions > .control > span {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .actions > .control {
      min-width: 36px;
    }
  }
`;
