import { css } from 'lit';

export const detailsStyles = css`
  .number {
    display: flex;
    gap: var(--_2);
  }
  .number .input {
    flex: 1;
    font-size: var(--_large);
    cursor: pointer;
  }
  .numbers {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_1);
  }
  .numbers .button {
    min-height: 32px;
    padding: 0 var(--_2);
    border-radius: 999px;
    border-color: var(--_line);
    font-weight: 400;
  }
  .numbers [aria-pressed='true'] {
    border-color: var(--_accent);
    background: var(--_accent-soft);
  }
  .check {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0 var(--_2);
    align-items: start;
    min-height: 32px;
    padding-block: 6px;
  }
  .check input {
    width: 18px;
    height: 18px;
    margin: 1px 0;
    accent-color: var(--_accent);
  }
  .check .small {
    grid-column: 2;
  }
  .pair {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 128px), 1fr));
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
  .doubtful {
    color: var(--_warn);
  }
  .ready {
    color: var(--_good);
  }
`;
