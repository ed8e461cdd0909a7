import { css } from 'lit';

/** A row of tabs: a line below and a bolder weight mark the selected one. */
export const tabStyles = css`
  .tabs {
    display: flex;
    flex-wrap: wrap;
    border-bottom: 1px solid var(--_line);
  }
  .tabs [role='tab'] {
    flex: 1 1 auto;
    max-width: 100%;
    min-height: 36px;
    padding: var(--_1);
    border: 0;
    border-bottom: 2px solid transparent;
    background: none;
    color: var(--_muted);
    font-weight: 500;
    overflow-wrap: anywhere;
    cursor: pointer;
  }
  .tabs [role='tab']:hover {
    background: var(--_hover);
  }
  .tabs [role='tab'][aria-selected='true'] {
    border-bottom-color: var(--_accent);
    color: var(--_text);
    font-weight: 600;
  }
  .tabs [role='tab']:focus-visible {
    outline-offset: -2px;
  }
`;
