import { css, html } from 'lit';
import { callView, actFailureOf } from '../../../machine/session/call-view.js';
import { screenStyles, screenFrameStyles } from '../../styles/screen-styles.js';
import type { Panel } from '../../panel-context.js';
import { PanelScreen } from '../panel-screen.js';

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];
const notAKey = /[^\d*#,]/g;

/** A4: sends digits to the other party, typed, pressed or pasted. A comma is a pause. */
export class CallKeypad extends PanelScreen {
  static override properties = { _sent: { state: true }, _refused: { state: true } };
  static override styles = [
    screenStyles,
    screenFrameStyles,
    css`
      :host {
        grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
      }
      .keys {
        display: grid;
        grid-template-columns: repeat(3, 1fr);
        gap: var(--_1);
      }
      .keys button {
        min-height: 44px;
        border: 1px solid var(--_line);
        border-radius: var(--_radius);
        background: var(--_ground);
        font-size: var(--_large);
        cursor: pointer;
      }
      .keys button:hover {
        background: var(--_hover);
      }
    `,
  ];
  /** The digits sent since the keypad was opened. */
  declare protected _sent: string;
  declare protected _refused: boolean;

  constructor() {
    super();
    this._sent = '';
    this._refused = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.updateComplete.then(() => this.renderRoot.querySelector('input')?.focus());
  }

  protected override isShown({ snapshot }: Panel): boolean {
    return callView(snapshot)?.phase === 'connected';
  }

  protected override render() {
    const { text, panel } = this;
    const view = callView(panel.snapshot);
    const failure = view && actFailureOf(view, 'digits');
    return html`
      ${this.top(text('action.keypad'), () => this.dispatchEvent(new Event('close')))}
      <div class="body">
        <label class="field">
          <span class="label">${text('keypad.sent')}</span>
          <input
            class="input digits"
            dir="ltr"
            inputmode="tel"
            autocomplete="off"
            .value=${this._sent}
            aria-describedby="hint"
            aria-invalid=${this._refused}
            @beforeinput=${this.#onInput}
            @paste=${this.#onPaste}
          />
        </label>
        <p id="hint" class=${this._refused ? 'small error' : 'small'} role=${this._refused ? 'alert' : 'none'}>
          ${text(this._refused ? 'keypad.refused' : 'keypad.hint')}
        </p>
        ${failure ? this.trouble(text('live.failed.digits'), failure, undefined, 'phone') : ''}
        <div class="keys" dir="ltr" role="group" aria-label=${text('number.keys')}>
          ${keys.map((key) => html`<button type="button" class="digits" @click=${() => this.#send(key)}>${key}</button>`)}
        </div>
      </div>
    `;
  }

  #onInput = (event: InputEvent): void => {
    event.preventDefault();
    if (event.data) this.#send(event.data);
  };

  #onPaste = (event: ClipboardEvent): void => {
    event.preventDefault();
    this.#send((event.clipboardData?.getData('text') ?? '').replace(/[\s().-]/g, '').replace(/[pw]/gi, ','));
  };

  /** Sends all digits or none, because a part of a code is useless. */
  #send(digits: string): void {
    this._refused = notAKey.test(digits);
    notAKey.lastIndex = 0;
    if (this._refused || digits === '') return;
    const sessionId = callView(this.panel.snapshot)?.session?.id;
    if (sessionId === undefined) return;
    this._sent += digits;
    this.panel.send({ type: 'session', sessionId, command: { type: 'act', act: { do: 'digits', digits } } });
  }
}
