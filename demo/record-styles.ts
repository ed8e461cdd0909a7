import { css } from 'lit';

/** The styles of a record's page. The head has the whole width; the body leaves room for the panel. */
export const recordStyles = css`
  :host {
    display: contents;
  }
  header {
    grid-area: head;
    padding: 14px 20px 12px;
    border-bottom: 1px solid var(--line);
    background: var(--card);
  }
  .body {
    grid-area: body;
    min-width: 0;
    min-height: 0;
    overflow: auto;
  }
  .ticket {
    display: grid;
    grid-template-rows: minmax(96px, 1fr) auto;
  }
  .contact {
    padding: 16px 20px 24px;
  }
  .contact > * {
    max-width: 760px;
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
  }
  .title {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    margin-top: 2px;
    font-size: 20px;
    line-height: 28px;
    font-weight: 600;
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 28px;
    margin-top: 8px;
  }
  .facts dt {
    font-size: 12px;
    line-height: 16px;
    color: var(--muted);
  }
  .facts dd {
    min-height: 24px;
    line-height: 24px;
    overflow-wrap: anywhere;
  }
  select.input {
    min-height: 24px;
    height: 24px;
    padding: 0 2px;
  }
  h3 {
    margin-block: 20px 8px;
    font-size: 13px;
    font-weight: 600;
  }
  h3:first-child {
    margin-top: 0;
  }
  .card {
    border: 1px solid var(--line);
    border-radius: 8px;
    background: var(--card);
    overflow: hidden;
  }
  .card li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    padding: 9px 14px;
  }
  .card li + li {
    border-top: 1px solid var(--line);
  }
  .card .grow {
    flex: 1 1 140px;
    min-width: 0;
  }
  .card p {
    padding: 12px 14px;
  }
`;
