import { css, html, nothing } from 'lit';
import { baseStyles } from '../../styles/base-styles.js';
import { screenStyles } from '../../styles/screen-styles.js';
import { PanelScreen } from '../panel-screen.js';

/** R35: the button Change beside a session's ticket, and the form in its place. The form is a file of its own. */
export class RecordChange extends PanelScreen {
  static override properties = { sessionId: {}, open: { type: Boolean, reflect: true }, _state: { state: true } };
  static override styles = [
    baseStyles,
    screenStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      .link {
        min-height: 24px;
      }
    `,
  ];
  declare sessionId: string;
  /** Whether the form is in place of the links. */
  declare open: boolean;
  declare protected _state: 'closed' | 'loading' | 'open' | 'done' | 'not-loaded';

  constructor() {
    super();
    this._state = 'closed';
  }

  protected override isShown(): boolean {
    return true;
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.get('sessionId') !== undefined) this._state = 'closed';
    this.open = this._state === 'open';
  }

  protected override render() {
    const { text, panel, _state: state } = this;
    if (state === 'open')
      return html`<ccai-correction-form
        .sessionId=${this.sessionId}
        @corrected=${() => this.#close('done')}
        @cancelled=${() => this.#close('closed')}
      ></ccai-correction-form>`;
    return html`
      <button type="button" class="link" aria-label=${text('correction.label')} @click=${this.#show}>
        ${text('action.change')}
      </button>
      ${state === 'done' ? html`<p class="small" role="status">${text('correction.done', { crm: panel.crm })}</p>` : nothing}
      ${state === 'not-loaded' ? html`<p class="small" role="alert">${text('panel.form-not-loaded')}</p>` : nothing}
    `;
  }

  readonly #show = async (): Promise<void> => {
    this._state = 'loading';
    try {
      (await import('./correction-form.js')).defineCorrectionForm();
      this._state = 'open';
    } catch {
      this._state = 'not-loaded';
    }
  };

  #close(state: 'closed' | 'done'): void {
    this._state = state;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('button')?.focus());
  }
}
