import { css, html, nothing, type TemplateResult } from 'lit';
import type { CallView } from '../../../machine/session/call-view.js';
import { callIcons } from '../../parts/call-icons.js';
import {
  controlGroup,
  controlStyles,
  sheetOpeners,
  toggleButtons,
  togglesOf,
  type Controls,
  type Sheet,
} from './call-controls.js';
import { assignButton } from './record-choice.js';
import { SessionScreen } from './session-screen.js';
import { whoIs } from '../../unknown-person.js';

const doubleClick = 500;

/** A call in progress, from dialling to its outcome, with the controls of A4. */
export class CallScreen extends SessionScreen {
  static override properties = { folded: { type: Boolean, reflect: true }, _sheet: { state: true } };
  static override styles = [
    ...SessionScreen.styles,
    controlStyles,
    css`
      /* With large text the whole screen scrolls, and its buttons stay at the bottom. */
      :host {
        grid-template: minmax(9rem, 1fr) auto auto / minmax(0, 1fr);
        overflow-y: auto;
      }
      .body {
        gap: var(--_2);
      }
      .footer {
        position: sticky;
        bottom: 0;
      }
      .controls + .footer {
        border-top: 0;
        padding-top: 0;
      }
      :host([folded]) {
        grid-template-rows: none;
      }
      .troubles > * {
        margin: var(--_2) var(--_4) 0;
      }
      :host([folded]) :is(.body, .sheet) {
        display: none;
      }
      .sheet {
        display: grid;
        grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
        min-height: 0;
      }
      .call {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 var(--_2);
        padding: var(--_2) var(--_4);
        border-bottom: 1px solid var(--_line);
        background: var(--_raised);
      }
      .call > .break {
        flex: 1 1 auto;
        font-weight: 600;
        text-align: start;
      }
      /* Goes below the state where the row is too narrow for both. */
      .call > [role='timer'] {
        margin-inline-start: auto;
      }
    `,
  ];
  /** Folded beside a list: only the name, the time and the controls remain. */
  declare folded: boolean;
  declare protected _sheet: Sheet | undefined;
  #phase: CallView['phase'] | undefined;
  #session: string | undefined;
  /** When the button that ends the call appeared, by `performance.now()`. */
  #endShownAt = 0;

  /** Focuses no button during a call, so that an Enter held down on Call does not end it. Focuses Done after a call. */
  override focusFirst(): void {
    const name = this.folded ? '.call > [tabindex]' : 'h2';
    this.renderRoot.querySelector<HTMLElement>(this.view?.phase === 'ended' ? '[data-first]' : name)?.focus();
  }

  protected override willUpdate(): void {
    super.willUpdate();
    // A sheet closes with its call, and when the call ends.
    const { phase, session } = this.view ?? {};
    if (phase !== 'connected' || session?.id !== this.#session) this._sheet = undefined;
    this.#session = session?.id;
  }

  protected override updated(): void {
    const phase = this.view?.phase;
    const isOn = (one: typeof phase) => one === 'dialling' || one === 'calling' || one === 'connected';
    if (isOn(phase) && !isOn(this.#phase)) this.#endShownAt = performance.now();
    this.#phase = phase;
    if (this.lostFocus && !this._sheet) this.focusFirst();
  }

  protected override render() {
    const { view } = this;
    if (!view) return nothing;
    if (this._sheet) return this.#renderWithSheet(view, this._sheet);
    const choosing = this.#isChoosing(view);
    // A18: the row of Assign has no room for Mute and Redact.
    const beside = togglesOf(view).filter(({ act }) => act !== 'hold' && this.#hasControls(view));
    const toggles = html`<span class="toggles">${toggleButtons(view, beside, this.#controls, true)}</span>`;
    // A16: smaller controls leave room for the notes during a consultation.
    const compact = view.choice !== undefined || view.transfer !== undefined || this.folded;
    return html`
      ${this.#renderFolded(view)}
      <div class="body">
        ${this.renderWho(view, view.choice !== undefined || this.#hasControls(view), choosing ? toggles : nothing)}
        ${this.renderTroubles(view)}${this.#renderTransfer(view)} ${this.renderRecord(view, choosing)}
        ${this.#renderNotes(view)}
      </div>
      ${
        choosing ? this.#renderChoosing(view) : html`${this.#renderControls(view, compact)} ${this.#renderFooter(view)}`
      }
    `;
  }

  /** A18: whether Assign takes the place of the other actions. */
  #isChoosing(view: CallView): boolean {
    const isOn = view.phase === 'calling' || this.#hasControls(view);
    return view.choice?.isColleagues === false && isOn && !view.transfer && !this.folded;
  }

  #renderChoosing(view: CallView): TemplateResult {
    const { text } = this;
    const end = html`<button type="button" class="control end" title=${text('action.end')} @click=${this.#onEnd}>
      ${callIcons.hangUp}<span class="visually-hidden">${text('action.end')}</span>
    </button>`;
    const inCall = this.#hasControls(view);
    const hold = togglesOf(view).filter(({ act }) => inCall && act === 'hold');
    return html`<div class="footer choosing">
      ${controlGroup(this.#controls, true, [
        end,
        toggleButtons(view, hold, this.#controls, true),
        inCall ? sheetOpeners(view, this.#controls, true) : nothing,
      ])}
      ${assignButton(view.choice!, text, () => this.command({ type: 'assign' }))}
    </div>`;
  }

  #hasControls({ phase, chat }: CallView): boolean {
    return phase === 'connected' && !chat;
  }

  #onSheetKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.stopPropagation();
    this.#closeSheet();
  };

  #closeSheet = (): void => {
    const sheet = this._sheet;
    this._sheet = undefined;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`#${sheet}`)?.focus());
  };

  /** A sheet in place of the screen's body. The name and the time stay visible. */
  #renderWithSheet(view: CallView, sheet: Sheet): TemplateResult {
    return html`
      ${this.#renderFolded(view)}
      <div class="sheet" @keydown=${this.#onSheetKey}>${this.#renderCallBar(view)} ${this.#renderSheet(sheet)}</div>
      ${this.folded ? this.#renderControls(view, true) : nothing}
      ${
        // The transfer sheet has its own buttons.
        sheet === 'transfer' && !this.folded ? nothing : this.#renderFooter(view)
      }
    `;
  }

  #renderFolded(view: CallView) {
    // The list beside the call shows the failed records.
    return this.folded
      ? html`${this.#renderCallBar(view)}
          <div class="troubles">${this.renderTroubles(view)}</div>`
      : nothing;
  }

  #renderCallBar(view: CallView): TemplateResult {
    return html`<div class="call">
      <bdi class="break" tabindex="-1">${whoIs(view, this.panel.words)}</bdi>
      ${this.renderPhase(view)}
    </div>`;
  }

  #renderSheet(sheet: Sheet): TemplateResult {
    const close = this.#closeSheet;
    if (sheet === 'keypad') return html`<ccai-call-keypad @close=${close}></ccai-call-keypad>`;
    if (sheet === 'transfer') return html`<ccai-transfer-sheet @close=${close}></ccai-transfer-sheet>`;
    return html`<ccai-call-details @close=${close}></ccai-call-details>`;
  }

  #renderControls(view: CallView, compact: boolean) {
    const shown = togglesOf(view);
    if (!this.#hasControls(view) || (this.folded && shown.length === 0)) return nothing;
    // A folded screen has no room for sheets.
    return controlGroup(this.#controls, compact, [
      toggleButtons(view, shown, this.#controls, compact),
      this.folded ? nothing : sheetOpeners(view, this.#controls, compact),
    ]);
  }

  get #controls(): Controls {
    return {
      text: this.text,
      act: this.act,
      inert: this.view?.isOver === true,
      open: (sheet) => (this._sheet = sheet),
    };
  }

  /** A14: the buttons stay in place, without effect, while the call ends. */
  #renderFooter(view: CallView): TemplateResult {
    return html`<div class="footer">
      <ccai-records-line></ccai-records-line>
      <div class="actions" ?inert=${view.isOver}>${this.#renderActions(view)}</div>
    </div>`;
  }

  /** A4: a consultation or a conference. */
  #renderTransfer({ transfer, participants = [], phase }: CallView) {
    const others = participants.filter(({ kind }) => kind !== 'customer');
    if (phase !== 'connected' || (!transfer && others.length === 0)) return nothing;
    return html`<ccai-call-parties></ccai-call-parties>`;
  }

  #renderNotes({ phase, can, chat, writesNothing }: CallView) {
    if (phase !== 'connected' || chat || writesNothing || !can('wrap-up')) return nothing;
    return html`<ccai-call-notes></ccai-call-notes>`;
  }

  /**
   * Cancel and End call appear where Call was. Ignores the second press of a double click, which would end the call
   * that the first press began.
   */
  #unlessDoubleClick =
    (end: () => void) =>
    ({ detail }: MouseEvent): void => {
      const byPointer = detail > 0;
      if (byPointer && (detail > 1 || performance.now() - this.#endShownAt < doubleClick)) return;
      end();
    };
  #onEnd = this.#unlessDoubleClick(() => this.panel.send({ type: 'endCall' }));
  #onCancel = this.#unlessDoubleClick(() => this.panel.form({ type: 'cancel' }));

  #renderTransferActions({ mode, joined }: NonNullable<CallView['transfer']>, asked: CallView['asked']) {
    const { text } = this;
    return html`
      ${this.button(text('parties.cancel'), () => this.act({ do: 'cancel-transfer' }))}
      ${
        mode === 'warm'
          ? html`<button
              type="button"
              class="button main"
              ?disabled=${!joined || asked['complete-transfer'] === 'sent'}
              @click=${() => this.act({ do: 'complete-transfer' })}
            >
              ${text('parties.complete')}
            </button>`
          : nothing
      }
    `;
  }

  #renderActions({ phase, chat, session, participants = [], can, transfer, asked }: CallView) {
    const { text, panel } = this;
    if (phase === 'dialling')
      return html`<button type="button" class="button" @click=${this.#onCancel}>${text('action.cancel')}</button>`;
    // The chat's own screen is being loaded.
    if (chat) return this.button(text('call.end-chat'), () => panel.send({ type: 'endCall' }));
    // A4: there is no End call, because it would end the call of the customer who is on hold.
    if (transfer) return this.#renderTransferActions(transfer, asked);
    const others = participants.some(({ kind }) => kind !== 'customer');
    const beside =
      phase === 'connected' && others && can('conference')
        ? this.button(text('live.leave'), () => this.act({ do: 'leave' }))
        : phase === 'connected' && session?.customerNumber
          ? this.button(text('live.hang-up-and-call-back'), () => panel.desktop.callBack(session.id))
          : nothing;
    return html`${beside}<button type="button" class="button bad" @click=${this.#onEnd}>
        ${callIcons.hangUp}${text('action.end')}
      </button>`;
  }
}
