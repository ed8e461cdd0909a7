import { css } from 'lit';

/** Lists that grow and shrink: mappings, teams by id, dispositions. */
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
    flex-wrap: wrap;
    align-items: flex-end;
    gap: var(--_2);
    min-width: 0;
  }
  .cell {
    display: grid;
    gap: var(--_1);
    flex: 1 1 10em;
    min-width: min(7em, 100%);
    align-self: flex-start;
  }
  .node .cell {
    flex: 2 1 9em;
  }
  .node .cell.code {
    flex: 1 1 6em;
  }
  .tools {
    display: flex;
    flex: none;
  }
  .pair > .button,
  .tools > .button {
    min-width: 40px;
    min-height: 40px;
  }
  .pair > .button {
    align-self: flex-start;
    margin-top: calc(16px + var(--_1));
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
