import { css } from 'lit';

export const detailsStyles = css`
  .field:has(> .number) {
    container-type: inline-size;
  }
  .number {
    display: flex;
    gap: var(--_2);
  }
  .number .button {
    min-height: 36px;
  }
  .number ccai-combobox {
    flex: none;
    margin-inline-start: calc(-1 * var(--_1));
  }
  .number .input {
    flex: 1;
    min-width: 0;
    padding-inline: var(--_2);
    font-size: 1.0625rem;
    cursor: pointer;
  }
  @container (max-width: 17rem) {
    .number .input {
      font-size: var(--_size);
    }
  }
  /* The whole number, beside the contact's other numbers, is more important than the word on the button. */
  @container (max-width: 22rem) {
    .number .word {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }
  .check {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0 var(--_2);
    align-items: start;
    min-height: 28px;
    padding-block: var(--_1);
  }
  .check input {
    width: 18px;
    height: 18px;
    margin: 1px 0;
    accent-color: var(--_accent);
  }
  .unseen {
    visibility: hidden;
  }
  .hint {
    min-height: 1.25em;
  }
  .check .small {
    grid-column: 2;
  }
  .pair {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 8rem), 1fr));
    gap: var(--_3) var(--_2);
  }
  .notice {
    align-items: start;
  }
  .notice .button {
    min-height: 24px;
    margin: -2px;
  }
  .missing {
    min-height: 1.25em;
  }
  .actions > .button[aria-disabled='true'] {
    flex: 2 1 auto;
    border-color: var(--_line);
    background: var(--_raised);
    color: var(--_muted);
    cursor: not-allowed;
    filter: none;
  }
  .fields {
    display: contents;
  }
  .doubtful {
    color: var(--_warn);
  }
  .ready {
    color: var(--_good);
  }
  .unsaved {
    color: var(--_warn);
  }
`;
