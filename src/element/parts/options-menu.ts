import { css, html } from 'lit';
import { screenStyles } from '../styles/screen-styles.js';
import { callIcons } from './call-icons.js';
import { icons } from './icons.js';
import type { MessageKey } from '../localize.js';
import type { OptionsPage } from '../../machine/agent/agent-context.js';
import type { Capability } from '../../telephony/telephony.js';
import type { Panel } from '../panel-context.js';
import { PanelScreen } from '../screens/panel-screen.js';
import { placeBeside } from './place-beside.js';

interface Page {
  page: OptionsPage;
  label: MessageKey;
  icon: unknown;
  needs?: Capability;
  /** R11: only for a CRM that takes no files. */
  keeps?: true;
}

const pages: readonly Page[] = [
  { page: 'today', label: 'options.today', icon: callIcons.today, needs: 'statistics' },
  { page: 'sound', label: 'options.sound', icon: callIcons.sound, needs: 'devices' },
  { page: 'network', label: 'options.network', icon: callIcons.network },
  { page: 'language', label: 'options.language', icon: callIcons.language },
  { page: 'shortcuts', label: 'options.shortcuts', icon: icons.keypad },
  { page: 'recordings', label: 'options.recordings', icon: callIcons.redact, keeps: true },
  { page: 'about', label: 'options.about', icon: callIcons.info },
];

/** The menu of rarely used actions, behind one button in the header. */
export class OptionsMenu extends PanelScreen {
  static override styles = [
    screenStyles,
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
      .apart {
        border-top: 1px solid var(--_line);
        border-radius: 0 0 var(--_radius) var(--_radius);
      }
      .item:hover {
        background: var(--_hover);
      }
    `,
  ];

  protected override isShown({ snapshot }: Panel): boolean {
    return snapshot.agent.matches('ready') && snapshot.agent.context.leader.loggedOut !== true;
  }

  protected override shows({ snapshot }: Panel): readonly unknown[] {
    return [snapshot.agent.context.opened!.profile, snapshot.records.recordings];
  }

  protected override render() {
    const { text, panel } = this;
    const { capabilities } = panel.snapshot.agent.context.opened!.profile;
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
      <div id="list" class="list" popover @toggle=${this.#onToggle} @keydown=${this.#onKey}>
        ${pages
          .filter(({ needs }) => needs === undefined || capabilities.includes(needs))
          .filter(({ keeps }) => !keeps || panel.snapshot.records.recordings !== undefined)
          .map(
            ({ page, label, icon }) =>
              html`<button type="button" class="item" @click=${() => this.#show(page)}>${icon}${text(label)}</button>`,
          )}
        <button type="button" class="item apart" @click=${this.#logOut}>
          ${callIcons.leave}${text('options.log-out')}
        </button>
      </div>
    `;
  }

  #show(page: OptionsPage): void {
    this.#list.hidePopover();
    this.panel.send({ type: 'showOptions', page });
  }

  /** The arrow keys move from item to item. */
  #onKey = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const items = [...this.#list.querySelectorAll('button')];
    const at = items.indexOf(event.target as HTMLButtonElement);
    items[(at + step + items.length) % items.length]?.focus();
  };

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
