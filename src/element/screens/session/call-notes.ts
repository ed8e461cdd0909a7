import { css, html, nothing } from 'lit';
import { callView, wrapUpRules } from '../../../machine/session/call-view.js';
import type { Draft } from '../../../machine/session/session-context.js';
import { screenStyles } from '../../styles/screen-styles.js';
import type { ComboboxEvent } from '../../parts/combobox-option.js';
import { dispositionOptions } from './disposition-options.js';
import type { Panel } from '../../panel-context.js';
import { PanelScreen } from '../panel-screen.js';

const keptAfter = 400;

/** A6: the agent's notes during a call and after it, saved while they are typed. */
export class CallNotes extends PanelScreen {
  static override properties = { codes: { type: Boolean } };
  static override styles = [
    screenStyles,
    css`
      :host {
        display: grid;
        gap: var(--_3);
      }
      textarea.input {
        display: block;
        min-height: 60px;
        padding-block: var(--_2);
        font: inherit;
        line-height: inherit;
        color: inherit;
        resize: vertical;
        field-sizing: content;
        max-height: 40cqh;
      }
    `,
  ];
  /** Shows the dispositions too. */
  declare codes: boolean;
  #typed: string | undefined;
  #sessionId: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.codes = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#keep();
  }

  override focusFirst(): void {
    this.renderRoot.querySelector('textarea')?.focus();
  }

  protected override isShown({ snapshot }: Panel): boolean {
    return callView(snapshot)?.draft !== undefined;
  }

  protected override shows({ snapshot }: Panel): readonly unknown[] {
    const { session, draft } = callView(snapshot)!;
    return [session?.id, draft, snapshot.agent.context.opened];
  }

  protected override willUpdate(): void {
    const id = callView(this.panel.snapshot)?.session?.id;
    // Saves the notes to the session for which they were typed.
    if (id !== this.#sessionId) this.#keep();
    this.#sessionId = id;
  }

  protected override render() {
    const { text, panel } = this;
    const view = callView(panel.snapshot);
    if (!view?.draft) return nothing;
    const { dispositions, notesRequired, dispositionRequired } = wrapUpRules(panel.snapshot);
    const [chosen] = view.draft.dispositions;
    return html`
      ${
        this.codes && dispositions.length > 0
          ? html`<ccai-combobox
              id="disposition"
              .label=${text(dispositionRequired ? 'notes.disposition.required' : 'notes.disposition')}
              .options=${dispositionOptions(dispositions, chosen === undefined ? undefined : text('notes.disposition.none'))}
              .value=${chosen}
              .placeholder=${text('notes.disposition.choose')}
              @choose=${({ value }: ComboboxEvent) => this.#send({ dispositions: value ? [value] : [] })}
            ></ccai-combobox>`
          : nothing
      }
      <label class="field">
        <span class="label">${text(this.codes && notesRequired ? 'notes.label.required' : 'notes.label')}</span>
        <textarea
          class="input"
          rows="3"
          dir="auto"
          .value=${this.#typed ?? view.draft.notes}
          @input=${this.#onInput}
          @change=${() => this.#keep()}
        ></textarea>
      </label>
    `;
  }

  /** Saves the first letter at once, so that the session cannot close without notes. Saves the rest after a pause. */
  #onInput = ({ target }: Event): void => {
    this.#typed = (target as HTMLTextAreaElement).value;
    if (this.#timer === undefined) this.#keep();
    this.#timer ??= setTimeout(() => this.#keep(), keptAfter);
  };

  /** Saves the typed notes in the session's statechart. */
  #keep(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const notes = this.#typed;
    this.#typed = undefined;
    if (notes !== undefined) this.#send({ notes });
  }

  #send(draft: Partial<Draft>): void {
    const sessionId = this.#sessionId;
    if (sessionId) this.panel.send({ type: 'session', sessionId, command: { type: 'draft', ...draft } });
  }
}
