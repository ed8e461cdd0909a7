import { css } from 'lit';

export const ticketHistoryStyles = css`
  :host {
    display: block;
    min-height: 0;
  }
  .scroll {
    height: 100%;
    padding: 16px 20px;
    overflow: auto;
  }
  .scroll:focus-visible {
    outline-offset: -3px;
  }
  ol {
    display: grid;
    gap: 10px;
    max-width: 760px;
  }
  article {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 12px;
    padding: 12px 14px;
    border: 1px solid var(--line);
    border-radius: 8px;
    background: var(--card);
  }
  .internal {
    border-color: var(--note-line);
    background: var(--note);
  }
  .by {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 8px;
  }
  .by strong {
    font-weight: 600;
  }
  .by time {
    margin-inline-start: auto;
  }
  .badge {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    line-height: 18px;
  }
  .badge svg {
    width: 11px;
    height: 11px;
  }
  .badge.note {
    background: light-dark(#f5e6b8, #4a3f1d);
    color: light-dark(#5f4700, #f2dc9a);
  }
  .change {
    padding: 4px 14px 4px 58px;
  }
  .change:dir(rtl) {
    padding: 4px 58px 4px 14px;
  }
  .changes {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    margin-top: 6px;
  }
  .changes div {
    display: flex;
    flex-wrap: wrap;
    gap: 0 6px;
    overflow-wrap: anywhere;
  }
  .changes dt {
    color: var(--muted);
  }
  .changes dd {
    font-weight: 500;
  }
  .file {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
    margin-top: 6px;
    overflow-wrap: anywhere;
  }
  .file svg {
    color: var(--muted);
  }
  audio {
    height: 32px;
    max-width: 100%;
  }
  .body {
    white-space: pre-wrap;
    margin-top: 2px;
  }
  [data-adapter] .body {
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }
`;
