import { css, html, LitElement } from 'lit';
import { activeElement } from '../active-element.js';
import { screenStyles } from '../styles/screen-styles.js';

/** A question within the panel. The page around the panel stays usable. Escape answers No. */
export class PanelDialog extends LitElement {
  static override styles = [
    screenStyles,
    css`
      :host {
        position: absolute;
        inset: 0;
        z-index: 2;
        display: grid;
        place-items: center;
        padding: var(--_4);
        background: rgb(0 0 0 / 40%);
      }
      .dialog {
        display: grid;
        gap: var(--_3);
        width: 100%;
        max-height: 100%;
        padding: var(--_4);
        overflow: auto;
        border: 1px solid var(--_edge);
        border-radius: calc(var(--_radius) + 2px);
        background: var(--_ground);
        box-shadow: 0 8px 28px rgb(0 0 0 / 30%);
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: var(--_2);
      }
      .actions > * {
        flex: 1 1 auto;
      }
    `,
  ];
  static override properties = { heading: {}, text: {}, yes: {}, no: {}, loses: { type: Boolean } };
  declare heading: string;
  declare text: string;
  declare yes: string;
  declare no: string;
  /** Yes loses data. Its button is then red. */
  declare loses: boolean;
  #before: Element | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#before = activeElement();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.#before instanceof HTMLElement) this.#before.focus();
  }

  protected override firstUpdated(): void {
    // No has the focus, so that an Enter pressed by habit loses nothing.
    this.renderRoot.querySelector<HTMLElement>('.no')?.focus();
  }

  #answer(answer: 'yes' | 'no'): void {
    this.dispatchEvent(new Event(answer));
  }

  #onKeydown(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      event.stopPropagation();
      this.#answer('no');
    }
    if (event.key !== 'Tab') return;
    const buttons = [...this.renderRoot.querySelectorAll<HTMLElement>('button')];
    const at = buttons.indexOf((this.renderRoot as ShadowRoot).activeElement as HTMLElement);
    event.preventDefault();
    buttons.at((at + (event.shiftKey ? -1 : 1)) % buttons.length)?.focus();
  }

  protected override render() {
    return html`
      <div
        class="dialog"
        role="alertdialog"
        aria-modal="true"
        aria-labelledby="heading"
        aria-describedby="text"
        @keydown=${this.#onKeydown}
      >
        <h2 class="large" id="heading">${this.heading}</h2>
        <p class="break" id="text">${this.text}</p>
        <div class="actions">
          <button type="button" class="button no" @click=${() => this.#answer('no')}>${this.no}</button>
          <button type="button" class="button ${this.loses ? 'bad' : 'main'}" @click=${() => this.#answer('yes')}>
            ${this.yes}
          </button>
        </div>
      </div>
    `;
  }
}
