import { css } from 'lit';

export const recordListStyles = css`
  :host {
    display: block;
    min-height: 0;
  }
  section {
    display: flex;
    flex-direction: column;
    height: 100%;
    background: var(--card);
    border-inline-end: 1px solid var(--line);
  }
  header {
    display: grid;
    gap: 8px;
    padding: 14px 16px 12px;
    border-bottom: 1px solid var(--line);
  }
  h2 {
    font-size: 16px;
    line-height: 24px;
    font-weight: 600;
  }
  h2 span {
    font-size: 12px;
    font-weight: 400;
  }
  .search {
    position: relative;
    display: block;
  }
  .search svg {
    position: absolute;
    inset: 8px auto auto 10px;
    color: var(--muted);
  }
  .search:dir(rtl) svg {
    inset: 8px 10px auto auto;
  }
  input {
    width: 100%;
    min-height: 32px;
    padding: 5px 8px;
    padding-inline-start: 34px;
    border: 1px solid var(--edge);
    border-radius: var(--radius);
    background: var(--page);
  }
  input {
    text-overflow: ellipsis;
  }
  input::placeholder {
    color: var(--muted);
    opacity: 1;
  }
  ul {
    flex: 1;
    min-height: 0;
    overflow: auto;
  }
  ul:not(:has(li)) {
    display: none;
  }
  .row {
    display: flex;
    gap: 12px;
    padding: 9px 16px;
    border-bottom: 1px solid var(--line);
    border-inline-start: 3px solid transparent;
    padding-inline-start: 13px;
    color: inherit;
    text-decoration: none;
  }
  .row:hover {
    background: var(--hover);
  }
  .row:focus-visible {
    outline-offset: -2px;
  }
  .row[aria-current='page'] {
    background: var(--soft);
    border-inline-start-color: var(--accent);
  }
  /* Forced colours show a transparent border. */
  @media (forced-colors: active) {
    .row {
      border-inline-start-color: Canvas;
    }
    .row[aria-current='page'] {
      border-inline-start-color: Highlight;
    }
  }
  .lines {
    display: grid;
    flex: 1;
    min-width: 0;
  }
  .lines strong {
    font-weight: 500;
  }
  .line {
    display: flex;
    align-items: center;
    gap: 6px;
  }
  .line time {
    margin-inline-start: auto;
  }
  .none:not(:empty) {
    padding: 16px;
  }
`;
