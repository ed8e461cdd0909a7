import { css } from 'lit';

export const comboboxStyles = css`
  :host {
    display: block;
    min-width: 0;
  }
  .control {
    position: relative;
    display: flex;
    align-items: center;
  }
  .arrow {
    display: flex;
    position: absolute;
    inset-inline-end: var(--_2);
    pointer-events: none;
    color: var(--_muted);
  }
  .input {
    min-height: var(--_field, 36px);
    padding-block: min(var(--_1), (var(--_field, 36px) - 22px) / 2);
    padding-inline-end: 28px;
    text-align: start;
    cursor: pointer;
  }
  :host([compact]) {
    width: 36px;
  }
  :host([compact]) .input {
    padding-inline: 0;
  }
  :host([compact]) .arrow {
    inset-inline: 0;
    justify-content: center;
  }
  :host([compact]) .value {
    display: none;
  }
  input.input {
    cursor: text;
  }
  .input:disabled {
    border-color: var(--_line);
    background: var(--_raised);
    color: var(--_muted);
    cursor: not-allowed;
  }
  .label-row {
    display: flex;
    align-items: end;
    justify-content: space-between;
    gap: var(--_2);
  }
  .label-row:has(> .visually-hidden) {
    display: contents;
  }
  .label-row ::slotted(*) {
    margin-block: -6px;
  }
  .value {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 var(--_2);
    min-width: 0;
    max-width: 100%;
    overflow: hidden;
  }
  .value .cut,
  .head .cut {
    flex: 1 1 6ch;
  }
  /* A prefix wraps only if it is wider than the row. */
  .prefix {
    flex: none;
    max-width: 100%;
    overflow-wrap: anywhere;
  }
  .placeholder {
    color: var(--_muted);
  }
  .fixed {
    display: flex;
    align-items: center;
    gap: var(--_2);
    min-height: 36px;
    padding: var(--_1) var(--_3);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_raised);
  }
  .fixed .value {
    flex: 1;
  }
  .list {
    position: fixed;
    margin: 0;
    padding: var(--_1);
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    background: var(--_ground);
    color: var(--_text);
    box-shadow: 0 6px 20px rgb(0 0 0 / 18%);
    overflow: hidden;
  }
  .list:popover-open {
    display: flex;
    flex-direction: column;
  }
  .list [role='listbox'] {
    min-height: 0;
    overflow: auto;
    overscroll-behavior: contain;
  }
  .option {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0 var(--_2);
    padding: var(--_1) var(--_2);
    border-radius: calc(var(--_radius) - 2px);
    cursor: pointer;
  }
  .option.set-apart {
    margin-top: var(--_1);
    border-top: 1px solid var(--_line);
    border-radius: 0 0 calc(var(--_radius) - 2px) calc(var(--_radius) - 2px);
    padding-top: var(--_2);
  }
  .option.active {
    background: var(--_accent-soft);
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  .option.active .name {
    display: -webkit-box;
    white-space: normal;
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
    line-clamp: 3;
  }
  .option[aria-disabled='true'] {
    color: var(--_muted);
    cursor: not-allowed;
  }
  .option > svg {
    grid-column: 2;
    grid-row: 1;
    color: var(--_accent);
  }
  .option .lines {
    min-width: 0;
    display: grid;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--_2);
    align-items: center;
    min-width: 0;
  }
  .badge {
    flex: none;
    padding: 0 6px;
    border: 1px solid var(--_line);
    border-radius: 999px;
    font-size: var(--_small);
    line-height: calc(16 / 12);
    color: var(--_muted);
  }
  .note {
    padding: var(--_2);
  }
  .bone {
    height: 36px;
    margin: var(--_1);
    border-radius: var(--_radius);
    background: var(--_raised);
  }
`;
