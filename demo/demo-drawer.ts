import { css, html, type TemplateResult } from 'lit';
import { crmStyles } from './crm-styles.js';
import './drawer-agent.js';
import './drawer-calls.js';
import './drawer-crm.js';
import './drawer-log.js';
import './drawer-platform.js';
import './drawer-settings.js';
import './drawer-troubles.js';
import { icons } from './icons.js';
import { tabKeys } from './tab-keys.js';
import { WorldElement } from './world-element.js';
import type { World } from './world.js';

const tabs: readonly { id: string; label: string; show: (world: World) => TemplateResult }[] = [
  { id: 'settings', label: 'Settings', show: (world) => html`<demo-settings .world=${world}></demo-settings>` },
  { id: 'calls', label: 'Calls', show: (world) => html`<demo-calls .world=${world}></demo-calls>` },
  { id: 'platform', label: 'Platform events', show: (world) => html`<demo-platform .world=${world}></demo-platform>` },
  { id: 'crm', label: 'CRM events', show: (world) => html`<demo-crm .world=${world}></demo-crm>` },
  { id: 'troubles', label: 'CRM troubles', show: (world) => html`<demo-troubles .world=${world}></demo-troubles>` },
  { id: 'agent', label: 'Agent', show: (world) => html`<demo-agent .world=${world}></demo-agent>` },
  { id: 'log', label: 'Log', show: (world) => html`<demo-log .world=${world}></demo-log>` },
];

/** Settings and failures to try; it lies below the record, so that the panel stays in sight. */
export class DemoDrawer extends WorldElement {
  protected override render() {
    const { world } = this;
    const tab = tabs.find(({ id }) => id === world.preferences.tab) ?? tabs[0]!;
    return html`
      <section aria-label="Try it" @keydown=${this.#onKey}>
        <div class="top">
          <div role="tablist" aria-label="Try it" @keydown=${tabKeys}>
            ${tabs.map(
              ({ id, label }) =>
                html`<button
                  role="tab"
                  id=${`tab-${id}`}
                  aria-controls="panel"
                  aria-selected=${id === tab.id}
                  tabindex=${id === tab.id ? 0 : -1}
                  @click=${() => world.prefer({ tab: id })}
                >
                  ${label}
                </button>`,
            )}
          </div>
          <button class="button quiet icon-only" aria-label="Close the drawer" @click=${this.#close}>
            ${icons.close}
          </button>
        </div>
        <div id="panel" role="tabpanel" aria-labelledby=${`tab-${tab.id}`} tabindex="0">${tab.show(world)}</div>
      </section>
    `;
  }

  #onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !event.defaultPrevented) this.#close();
  };

  #close = (): void => void this.dispatchEvent(new Event('close'));

  static override styles = [
    crmStyles,
    css`
      :host {
        display: block;
      }
      section {
        display: grid;
        grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
        height: clamp(200px, 40dvh, 340px);
        border: 1px solid var(--line);
        border-block-end: 0;
        border-inline-start: 0;
        border-start-end-radius: 12px;
        background: var(--card);
        box-shadow: 0 -2px 12px rgb(0 0 0 / 0.06);
        overflow: hidden;
      }
      .top {
        display: flex;
        justify-content: space-between;
        align-items: center;
        padding: 0 8px 0 12px;
        border-bottom: 1px solid var(--line);
      }
      [role='tablist'] {
        display: flex;
        min-width: 0;
        overflow: auto hidden;
      }
      [role='tab'] {
        min-height: 40px;
        padding: 4px 10px;
        border: 0;
        border-bottom: 2px solid transparent;
        background: none;
        color: var(--muted);
        white-space: nowrap;
        cursor: pointer;
      }
      [role='tab'][aria-selected='true'] {
        border-bottom-color: var(--accent);
        color: var(--text);
        font-weight: 600;
      }
      :focus-visible {
        outline-offset: -2px;
      }
      #panel {
        min-height: 0;
        padding: 16px 20px;
        overflow: auto;
      }
    `,
  ];
}

customElements.define('demo-drawer', DemoDrawer);
