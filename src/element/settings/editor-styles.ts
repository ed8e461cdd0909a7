import { css } from 'lit';

/** Styles of editable lists: mappings, teams by id, dispositions. */
export const editorStyles = css`
  .list {
    display: grid;
    gap: var(--_2);
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .pair,
  .node {
    display: flex;
    align-items: flex-start;
    gap: var(--_1);
    min-width: 0;
  }
  .cells {
    display: flex;
    flex: 1 1 auto;
    flex-wrap: wrap;
    gap: var(--_2);
    min-width: 0;
  }
  .cell {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_1);
    flex: 1 1 9em;
    min-width: min(7em, 100%);
    align-self: flex-start;
  }
  .part-code {
    flex: 1 1 5em;
    min-width: min(4em, 100%);
  }
  .part-label {
    flex: 2 1 8em;
  }
  .tools {
    display: flex;
    flex: none;
  }
  /* Beside the inputs, below their labels. */
  .pair > .button,
  .tools > .button {
    min-width: 32px;
    min-height: 40px;
    margin-block-start: calc(var(--_small) * 16 / 12 + var(--_1));
  }
  .icon-only:disabled {
    opacity: 0.4;
  }
  .add {
    margin-block-start: var(--_1);
    margin-inline-start: calc(-1 * var(--_2));
  }
  .quiet:disabled {
    border-color: transparent;
    background: none;
  }
  li > .list {
    margin-block-start: var(--_2);
    padding-inline-start: var(--_2);
    border-inline-start: 2px solid var(--_line);
  }
  @container (min-width: 30rem) {
    li > .list {
      padding-inline-start: var(--_4);
    }
  }
`;
