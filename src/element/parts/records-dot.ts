import { css, html, nothing } from 'lit';
import { screenStyles } from '../styles/screen-styles.js';
import { canOpenList } from './records-status.js';
import { RecordsPart } from './records-part.js';

/** A14: a dot in the header while records are on their way to the CRM. Its words appear on focus and hover. */
export class RecordsDot extends RecordsPart {
  static override styles = [
    screenStyles,
    css`
      :host {
        display: block;
        position: relative;
      }
      button {
        display: grid;
        place-items: center;
        width: 24px;
        height: 32px;
        padding: 0;
        border: 0;
        background: none;
        cursor: pointer;
      }
      button::before {
        content: '';
        width: 8px;
        height: 8px;
        border-radius: 50%;
        background: var(--_accent);
        forced-color-adjust: none;
      }
      .late::before {
        border-radius: 1px;
        background: var(--_warn);
        rotate: 45deg;
      }
      .words {
        display: none;
        position: absolute;
        inset-block-start: 100%;
        inset-inline-end: -72px;
        z-index: 2;
        width: max-content;
        max-width: 220px;
        padding: var(--_1) var(--_2);
        border: 1px solid var(--_edge);
        border-radius: var(--_radius);
        background: var(--_ground);
        text-align: start;
      }
      :is(button:hover, button:focus-visible) + .words {
        display: block;
      }
    `,
  ];

  protected override render() {
    const { kind, text } = this.status;
    if (kind === 'nothing') return nothing;
    const opens = canOpenList(this.panel);
    return html`<button
        type="button"
        class=${kind === 'saving' ? '' : 'late'}
        aria-labelledby="words"
        aria-expanded=${opens ? this.panel.recordsOpen : nothing}
        @click=${() => opens && this.toggleList()}
      ></button
      ><span id="words" class="words small">${text}</span>`;
  }
}
