import { css } from 'lit';

export const customFieldsStyles = css`
  :host {
    display: grid;
    gap: var(--_2);
    justify-items: start;
  }
  h4 {
    margin: 0;
    font: inherit;
    font-weight: 500;
  }
  .fields {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(15rem, 100%), 1fr));
    gap: 0 var(--_6);
    width: 100%;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .fields li {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 var(--_2);
    padding-block: var(--_1);
    border-bottom: 1px solid var(--_line);
  }
  .fields .small {
    display: inline-flex;
    align-items: center;
    gap: var(--_1);
  }
  .there {
    color: var(--_good);
  }
  .fields .other {
    align-items: start;
    width: 100%;
    color: var(--_warn);
  }
  .fields .small svg {
    flex: none;
    width: 14px;
    height: 14px;
  }
  [aria-disabled='true'] {
    color: var(--_muted);
    cursor: progress;
  }
  .outcome svg {
    flex: none;
  }
  .message {
    width: 100%;
  }
`;
