import { css } from 'lit';

/** The styles of the drawer's forms. Groups are side by side if there is room. */
export const drawerStyles = css`
  :host {
    display: block;
  }
  .groups {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(230px, 1fr));
    gap: 20px 28px;
    align-items: start;
  }
  fieldset,
  .group {
    display: grid;
    gap: 2px;
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .group {
    gap: 6px;
  }
  legend,
  h3 {
    padding: 0;
    margin-bottom: 6px;
    font-size: 13px;
    font-weight: 600;
  }
  .choice {
    display: flex;
    gap: 8px;
    align-items: start;
    min-height: 24px;
    cursor: pointer;
  }
  .choice input {
    flex: none;
    width: 16px;
    height: 16px;
    margin: 2px 0;
    accent-color: var(--accent);
  }
  .field {
    display: grid;
    gap: 2px;
  }
  input[type='range'] {
    width: 100%;
    accent-color: var(--accent);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    align-items: center;
  }
  .card {
    display: grid;
    gap: 8px;
    padding: 10px 12px;
    border: 1px solid var(--line);
    border-radius: 8px;
  }
  /* The result is below the buttons, so that it moves no button away from the pointer. */
  .result {
    position: sticky;
    bottom: -16px;
    margin-inline: -20px;
    margin-top: 12px;
    background: var(--card);
  }
  .result p:not(:empty) {
    padding: 8px 20px;
    border-top: 1px solid var(--line);
  }
  .bad {
    color: var(--bad);
  }
`;
