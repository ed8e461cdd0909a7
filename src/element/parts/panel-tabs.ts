import { css, html, nothing } from 'lit';
import type { PanelTab } from '../../machine/agent/agent-context.js';
import { screenOf, type ScreenName } from '../../machine/agent/screen-view.js';
import type { Capability } from '../../telephony/telephony.js';
import { screenStyles } from '../styles/screen-styles.js';
import type { MessageKey } from '../localize.js';
import type { Panel } from '../panel-context.js';
import { PanelScreen } from '../screens/panel-screen.js';
import { moveAmongTabs } from './tab-keys.js';
import { tabStyles } from '../styles/tab-styles.js';

const tabs: readonly { tab: PanelTab; label: MessageKey; needs?: Capability }[] = [
  { tab: 'call', label: 'tabs.call' },
  { tab: 'history', label: 'tabs.history', needs: 'history' },
  { tab: 'voicemail', label: 'tabs.voicemail', needs: 'voicemail' },
];

/** The screens with tabs. An incoming call and a form have the whole panel. */
const shownOn: readonly ScreenName[] = ['main', 'call', 'chat', 'wrap-up', 'history', 'voicemail'];

/** A3: the panel's tabs, for the lists that the platform has. */
export class PanelTabs extends PanelScreen {
  static override styles = [
    screenStyles,
    tabStyles,
    css`
      :host {
        display: block;
      }
      .tabs {
        padding: 0 var(--_3);
      }
      .on {
        color: var(--_good);
      }
    `,
  ];

  protected override isShown(): boolean {
    return true;
  }

  protected override updated(): void {
    const voicemails = this.#can('voicemail') ? this.panel.desktop.list('voicemails') : undefined;
    // Loads the list, so that the tab can show the number of new messages.
    if (voicemails?.view.state === 'idle') voicemails.send({ type: 'open' });
  }

  protected override render() {
    const { panel, text } = this;
    const { tab: current, leader } = panel.snapshot.agent.context;
    const { sessionId } = leader;
    const offered = tabs.filter(({ needs }) => needs === undefined || this.#can(needs));
    if (offered.length < 2 || !shownOn.includes(screenOf(panel.snapshot))) return nothing;
    return html`<div class="tabs" role="tablist" aria-label=${text('tabs.label')} @keydown=${moveAmongTabs}>
      ${offered.map(({ tab, label }) => {
        const count = tab === 'voicemail' ? this.#newVoicemails : 0;
        const goesOn = tab === 'call' && current !== 'call' && sessionId !== undefined;
        return html`<button
          type="button"
          role="tab"
          aria-selected=${tab === current}
          tabindex=${tab === current ? 0 : -1}
          @click=${() => panel.send({ type: 'showTab', tab })}
        >
          ${goesOn ? html`<span class="on" aria-hidden="true">● </span>` : nothing}${
            count > 0 ? text('tabs.count', { name: text(label), count }) : text(label)
          }
        </button>`;
      })}
    </div>`;
  }

  get #newVoicemails(): number {
    return this.panel.desktop.list('voicemails')?.view.items.filter(({ state }) => state === 'new').length ?? 0;
  }

  #can(capability: Capability): boolean {
    const { snapshot }: Panel = this.panel;
    return snapshot.agent.context.opened?.profile.capabilities.includes(capability) === true;
  }
}
