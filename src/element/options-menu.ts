import { css, html } from 'lit';
import { baseStyles } from './base-styles.js';
import { callIcons } from './call-icons.js';
import type { Panel } from './panel-context.js';
import { PanelScreen } from './panel-screen.js';
import { placeBeside } from './place-beside.js';

/** What is seldom wanted, behind one button in the header. */
export class OptionsMenu extends PanelScreen {
  static override styles = [
    baseStyles,
    css`
      .list {
        inset: auto;
        min-width: 160px;
        margin: 0;
        padding: var(--_1);
        border: 1px solid var(--_edge);
        border-radius: var(--_radius);
        background: var(--_ground);
        color: inherit;
        box-shadow: 0 4px 16px rgb(0 0 0 / 18%);
      }
      .item {
        display: flex;
        align-items: center;
        gap: var(--_2);
        width: 100%;
        min-height: 36px;
        padding: var(--_1) var(--_3);
        border: 0;
        border-radius: var(--_radius);
        background: none;
        text-align: start;
        cursor: pointer;
      }
      .item:hover {
        background: var(--_hover);
      }
    `,
  ];

  protected override isShown({ snapshot }: Panel): boolean {
    return snapshot.agent.matches('ready') && snapshot.agent.context.loggedOut !== true;
  }

  protected override render() {
    const { text } = this;
    return html`
      <button
        type="button"
        class="button quiet icon-only"
        aria-label=${text('options.label')}
        aria-expanded="false"
        popovertarget="list"
      >
        ${callIcons.more}
      </button>
      <div id="list" class="list" popover @toggle=${this.#onToggle}>
        <button type="button" class="item" @click=${this.#logOut}>${callIcons.leave}${text('options.log-out')}</button>
      </div>
    `;
  }

  get #list(): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>('#list')!;
  }

  #onToggle = ({ newState }: ToggleEvent): void => {
    const button = this.renderRoot.querySelector<HTMLElement>('button')!;
    const isOpen = newState === 'open';
    button.setAttribute('aria-expanded', String(isOpen));
    if (!isOpen) return;
    placeBeside(this.#list, button, this, true);
    this.#list.querySelector('button')?.focus();
  };

  #logOut = (): void => {
    this.#list.hidePopover();
    this.panel.send({ type: 'logOut' });
  };
}
