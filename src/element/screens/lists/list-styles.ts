import { css } from 'lit';

/** Styles of the platform's lists. */
export const listStyles = css`
  ul.list {
    display: grid;
    margin: 0 calc(-1 * var(--_2));
    padding: 0;
    list-style: none;
  }
  .item {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    gap: 0 var(--_2);
    align-items: center;
    width: 100%;
    min-height: 48px;
    padding: var(--_1) var(--_2);
    border: 0;
    border-bottom: 1px solid var(--_line);
    border-radius: 0;
    background: none;
    text-align: start;
    cursor: pointer;
  }
  .item:hover {
    background: var(--_hover);
  }
  .item:focus-visible {
    outline-offset: -2px;
  }
  .item > svg {
    grid-row: span 2;
    color: var(--_muted);
  }
  .item.missed > svg {
    color: var(--_bad);
  }
  .item .name {
    grid-column: 2;
    font-weight: 500;
  }
  .item .what {
    grid-column: 2;
  }
  .item .when {
    grid-column: 3;
    grid-row: 1 / span 2;
    text-align: end;
  }
  .item.new .name {
    font-weight: 700;
  }
  .empty {
    padding: var(--_6, 24px) var(--_4);
    text-align: center;
  }
  .skeleton {
    height: 48px;
    border-bottom: 1px solid var(--_line);
    background: linear-gradient(var(--_line), var(--_line)) var(--_2) 50% / 60% 10px no-repeat;
  }
  .ways {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_2);
  }
  audio {
    flex: none;
    width: 100%;
    height: 40px;
  }
`;
