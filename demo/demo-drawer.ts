import { css, html, type TemplateResult } from 'lit';
import { crmStyles } from './crm-styles.js';
import './drawer-agent.js';
import './drawer-calls.js';
import './drawer-crm.js';
import './drawer-log.js';
import './drawer-platform.js';
import './drawer-settings.js';
import './drawer-troubles.js';
import { demoIcons } from './icons.js';
import { tabKeys } from './tab-keys.js';
import { DemoElement } from './demo-element.js';
import type { DemoState } from './demo-state.js';

const tabs: readonly { id: string; label: string; show: (demo: DemoState) => TemplateResult }[] = [
  { id: 'settings', label: 'Settings', show: (demo) => html`<demo-settings .demo=${demo}></demo-settings>` },
  { id: 'calls', label: 'Calls', show: (demo) => html`<demo-calls .demo=${demo}></demo-calls>` },
  { id: 'platform', label: 'Phone events', show: (demo) => html`<demo-platform .demo=${demo}></demo-platform>` },
  { id: 'crm', label: 'CRM events', show: (demo) => html`<demo-crm .demo=${demo}></demo-crm>` },
  { id: 'troubles', label: 'CRM faults', show: (demo) => html`<demo-troubles .demo=${demo}></demo-troubles>` },
  { id: 'agent', label: 'Agent', show: (demo) => html`<demo-agent .demo=${demo}></demo-agent>` },
  { id: 'log', label: 'Log', show: (demo) => html`<demo-log .demo=${demo}></demo-log>` },
];

/** The drawer in which a visitor tries settings, calls and failures. It is below the record: the panel stays visible. */
export class DemoDrawer extends DemoElement {
  protected override render() {
    const { demo } = this;
    const tab = tabs.find(({ id }) => id === demo.preferences.tab) ?? tabs[0]!;
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
                  @click=${() => demo.prefer({ tab: id })}
                >
                  ${label}
                </button>`,
            )}
          </div>
          <button class="button quiet icon-only" aria-label="Close" @click=${this.#close}>${demoIcons.close}</button>
        </div>
        <div id="panel" role="tabpanel" aria-labelledby=${`tab-${tab.id}`} tabindex="0">${tab.show(demo)}</div>
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
