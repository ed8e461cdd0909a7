import { css, html, nothing } from 'lit';
import { screenStyles } from '../../styles/screen-styles.js';
import { ownChoices, saveOwnChoices } from '../../own-choices.js';
import type { Panel } from '../../panel-context.js';
import { PanelScreen } from '../panel-screen.js';
import { shortcutNames, type ShortcutName } from '../../shortcut-names.js';
import { combinationOf, combinationText, shortcuts } from '../../shortcuts.js';

/** A11: the shortcuts, and how to change each. */
export class ShortcutOptions extends PanelScreen {
  static override properties = { _changing: { state: true }, _trouble: { state: true } };
  static override styles = [
    screenStyles,
    css`
      :host {
        display: grid;
        gap: var(--_2);
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--_2);
        min-height: 36px;
        border-bottom: 1px solid var(--_line);
      }
      .row > span:first-child {
        flex: 1 1 6em;
      }
      kbd {
        padding: 0 var(--_1);
        border: 1px solid var(--_line);
        border-radius: 4px;
        background: var(--_raised);
        font: inherit;
        font-size: var(--_small);
      }
    `,
  ];
  declare protected _changing: ShortcutName | undefined;
  declare protected _trouble: { name: ShortcutName; why: 'taken' | 'alone' } | undefined;

  protected override isShown({ snapshot }: Panel): boolean {
    return snapshot.agent.context.options === 'shortcuts';
  }

  protected override render() {
    const { text } = this;
    const current = shortcuts();
    return html`
      <p class="small">${text('shortcuts.text')}</p>
      ${shortcutNames.map(
        (name) => html`
          <div class="row">
            <span>${text(`shortcuts.${name}`)}</span>
            ${
              this._changing === name
                ? html`<span class="small" role="status">${text('shortcuts.press')}</span>`
                : html`<kbd dir="ltr">${combinationText(current[name])}</kbd>`
            }
            <button
              type="button"
              class="button quiet"
              aria-label=${text('shortcuts.change.of', { name: text(`shortcuts.${name}`) })}
              aria-pressed=${this._changing === name}
              @click=${() => (this._changing = this._changing === name ? undefined : name)}
              @keydown=${(event: KeyboardEvent) => this.#onKey(event, name)}
              @blur=${() => (this._changing = undefined)}
            >
              ${text(this._changing === name ? 'action.cancel' : 'action.change')}
            </button>
          </div>
          ${
            this._trouble?.name === name
              ? html`<p class="small error" role="alert">${text(`shortcuts.${this._trouble.why}`)}</p>`
              : nothing
          }
        `,
      )}
      ${this.button(text('shortcuts.usual'), this.#reset, 'quiet')}
    `;
  }

  #onKey(event: KeyboardEvent, name: ShortcutName): void {
    if (this._changing !== name || event.key === 'Tab') return;
    if (event.key === 'Escape') {
      this._changing = undefined;
      return;
    }
    if (/^(Alt|Control|Meta|Shift)/.test(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    const combination = combinationOf(event);
    const current = shortcuts();
    const taken = shortcutNames.some((other) => other !== name && current[other] === combination);
    this._trouble = combination === undefined ? { name, why: 'alone' } : taken ? { name, why: 'taken' } : undefined;
    if (this._trouble || combination === undefined) return;
    saveOwnChoices({ shortcuts: { ...ownChoices().shortcuts, [name]: combination } });
    this._changing = undefined;
  }

  #reset = (): void => {
    saveOwnChoices({ shortcuts: {} });
    this._trouble = undefined;
    this.requestUpdate();
  };
}
