import { css } from 'lit';

/** Controls of the form and of its editors. */
export const controlStyles = css`
  :host {
    display: block;
    min-width: 0;
  }
  textarea {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
    resize: vertical;
  }
  .row {
    display: grid;
    gap: var(--_1);
    min-width: 0;
    align-content: start;
    justify-items: start;
  }
  .row > *:not(.button) {
    max-width: 100%;
  }
  .name {
    font-weight: 500;
    overflow-wrap: anywhere;
  }
  .input:disabled {
    border-color: var(--_line);
    background: var(--_raised);
    color: var(--_muted);
    cursor: not-allowed;
  }
  .check,
  .choice {
    display: flex;
    align-items: flex-start;
    gap: var(--_2);
    padding-block: 6px;
    min-width: 0;
    cursor: pointer;
    overflow-wrap: anywhere;
  }
  .check > span,
  .choice > span {
    min-width: 0;
  }
  .check {
    font-weight: 500;
  }
  .check:has(:disabled),
  .choice:has(:disabled) {
    color: var(--_muted);
    cursor: not-allowed;
  }
  input[type='checkbox'],
  input[type='radio'] {
    flex: none;
    width: 1.25em;
    height: 1.25em;
    margin: 1px 0 0;
    accent-color: var(--_accent);
    cursor: inherit;
  }
  [aria-invalid='true']:is(input[type='checkbox']) {
    outline: 2px solid var(--_bad);
    outline-offset: 1px;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--_4);
  }
  .note,
  .error {
    display: flex;
    align-items: flex-start;
    gap: 6px;
    font-size: var(--_small);
    line-height: calc(16 / 12);
  }
  .note svg,
  .error svg {
    width: 1.2em;
    height: 1.2em;
    margin-block: 0.07em;
  }
  .note > span,
  .error > span {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .note {
    color: var(--_muted);
  }
  .note.warn {
    color: var(--_warn);
  }
  .trouble {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 var(--_2);
    color: var(--_muted);
    font-size: var(--_small);
  }
  .trouble .quiet {
    font-size: var(--_size);
  }
  .bone {
    width: 100%;
    height: 32px;
    border-radius: var(--_radius);
    background: var(--_raised);
  }
`;

/** The form's layout: sections beside their headings where there is room. */
export const formStyles = css`
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_2);
    margin-block-end: var(--_4);
  }
  .bar h2 {
    flex: 1 1 auto;
    font-size: var(--_large);
    line-height: calc(24 / 18);
    font-weight: 600;
  }
  .files {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_2);
  }
  .files .button {
    min-height: 32px;
  }
  .message {
    margin-block-end: var(--_4);
  }
  .message ul {
    margin: 0;
    padding-inline-start: 1.25em;
  }
  .message .quiet {
    margin-inline-start: calc(-1 * var(--_2));
  }
  section {
    display: grid;
    gap: var(--_3);
    padding-block: var(--_6);
    border-top: 1px solid var(--_line);
  }
  section h3 {
    font-weight: 600;
    font-size: 1rem;
  }
  .rows {
    display: grid;
    gap: var(--_4);
    min-width: 0;
  }
  .row.indented {
    padding-inline-start: calc(1.25em + var(--_2));
  }
  .row.switched > :not(.check) {
    margin-inline-start: calc(1.25em + var(--_2));
    max-width: calc(100% - 1.25em - var(--_2));
  }
  .row.switched + .switched {
    margin-top: -8px;
  }
  .row.switched > .check + * {
    margin-top: -6px;
  }
  .row > .wide {
    width: 100%;
  }
  .number {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_1) var(--_2);
  }
  .number .input {
    flex: none;
    width: 6em;
    font-variant-numeric: tabular-nums;
  }
  .lines {
    min-height: 5.5em;
    padding-block: var(--_2);
    font-variant-numeric: tabular-nums;
  }
  .teams {
    display: grid;
    width: 100%;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
  }
  .team {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0 var(--_4);
    padding: var(--_1) var(--_3);
    min-width: 0;
  }
  .team + .team {
    border-top: 1px solid var(--_line);
  }
  .team > .name {
    flex: 1 1 8em;
    min-width: 0;
  }
  .state {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--_1) var(--_3);
  }
  .state.refused {
    padding: var(--_2) var(--_3);
    border: 1px solid var(--_bad);
    border-radius: var(--_radius);
    background: var(--_bad-soft);
  }
  .team .small {
    font-weight: 400;
  }
  .state > span {
    flex: 1 1 12em;
    min-width: 0;
  }
  @container (min-width: 20rem) {
    .state.refused {
      position: sticky;
      bottom: 0;
      z-index: 1;
    }
  }
  @container (min-width: 45rem) {
    .rows > .switched:first-child {
      margin-top: -4px;
    }
    section {
      grid-template-columns: minmax(9rem, 1fr) minmax(0, 2.6fr);
      gap: var(--_6);
    }
    .rows {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      column-gap: var(--_6);
    }
    .rows > :not(.narrow) {
      grid-column: 1 / -1;
    }
  }
`;
