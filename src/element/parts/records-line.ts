import { css, html, nothing } from 'lit';
import { screenStyles } from '../styles/screen-styles.js';
import { icons } from './icons.js';
import { RecordsPart } from './records-part.js';

/** A14: the line above the footer about records that are late or need a person. Its place is always kept. */
export class RecordsLine extends RecordsPart {
  static override styles = [
    screenStyles,
    css`
      :host,
      div {
        display: flex;
        align-items: center;
        gap: var(--_2);
        min-width: 0;
        height: 20px;
      }
      div {
        flex: 1;
        color: var(--_muted);
      }
      .needs {
        color: var(--_bad);
      }
      svg {
        flex: none;
        width: 16px;
        height: 16px;
      }
      .cut {
        flex: 1;
      }
      .link {
        flex: none;
      }
    `,
  ];

  protected override render() {
    const { panel, text } = this;
    const { kind, text: words } = this.status;
    if (kind === 'nothing' || kind === 'saving') return nothing;
    const needsPerson = kind !== 'late';
    const link = (label: string, press: () => void, expanded?: boolean) =>
      html`<button type="button" class="link small" aria-expanded=${expanded ?? nothing} @click=${press}>
        ${label}
      </button>`;
    return html`<div class="small ${needsPerson ? 'needs' : ''}" role=${needsPerson ? 'alert' : 'status'}>
        ${icons.warning}<span class="cut" title=${words}>${words}</span>
      </div>
      ${
        kind === 'signed-out' && panel.desktop.host.signIn
          ? link(text('action.sign-in'), () => panel.send({ type: 'signIn' }))
          : kind === 'signed-out' || kind === 'failed'
            ? link(text('action.retry'), () => panel.send({ type: 'retryRecords' }))
            : nothing
      }
      ${link(text(panel.recordsOpen ? 'records.hide' : 'records.show'), this.toggleList, panel.recordsOpen)}`;
  }
}
