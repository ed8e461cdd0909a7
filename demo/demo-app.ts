import { html, LitElement, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { CcaiAgentAdapter } from '../src/element/ccai-agent-adapter.js';
import { appStyles } from './app-styles.js';
import './contact-page.js';
import { crmStyles, palette } from './crm-styles.js';
import './demo-drawer.js';
import { demoIcons } from './icons.js';
import { avatar } from './parts.js';
import './record-list.js';
import './ticket-page.js';
import { DemoState } from './demo-state.js';

const lists = [
  { kind: 'contacts', label: 'Contacts', icon: demoIcons.people },
  { kind: 'tickets', label: 'Tickets', icon: demoIcons.ticket },
] as const;

/** The CRM of the bicycle maker Velora, with the call panel at its side and a drawer with the demo's controls. */
export class DemoApp extends LitElement {
  static override properties = { demo: { attribute: false }, list: { state: true }, minimized: { state: true } };
  declare demo: DemoState;
  declare list: 'contacts' | 'tickets';
  declare minimized: boolean;
  #stop: (() => void) | undefined;
  #saving: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.list = 'tickets';
    this.minimized = matchMedia('(max-width: 899px)').matches;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.demo ??= new DemoState({ session: sessionStorage, local: localStorage, page: window });
    this.#stop = this.demo.subscribe(() => {
      this.requestUpdate();
      this.#saving ??= setTimeout(this.#save, 300);
    });
    this.demo.showPanel = () => this.#panel?.show?.();
    addEventListener('pagehide', this.#save);
    addEventListener('hashchange', this.#openLinked);
    this.#openLinked();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
    clearTimeout(this.#saving);
    removeEventListener('pagehide', this.#save);
    removeEventListener('hashchange', this.#openLinked);
  }

  #save = (): void => {
    this.#saving = undefined;
    this.demo.keep();
  };

  /** Opens the ticket in the page's address, and removes it from the address, so that a reload shows the last record. */
  #openLinked = (): void => {
    const [, ticketId] = /^#tickets\/(.+)$/.exec(location.hash) ?? [];
    if (ticketId === undefined) return;
    history.replaceState(null, '', location.pathname + location.search);
    if (this.demo.host.tickets().some(({ id }) => id === ticketId)) this.demo.openTicket(ticketId);
  };

  get #panel(): CcaiAgentAdapter | null {
    return this.renderRoot.querySelector('ccai-agent-adapter');
  }

  protected override willUpdate(): void {
    const { theme, direction } = this.demo.preferences;
    this.dir = direction;
    this.dataset.theme = theme;
    this.toggleAttribute('minimized', this.minimized);
    this.toggleAttribute('drawer', this.demo.preferences.drawer);
  }

  protected override render() {
    const { demo } = this;
    return html`
      ${this.#rail()}
      <demo-record-list .demo=${demo} .kind=${this.list}></demo-record-list>
      <main>${this.#record()}</main>
      ${this.#hint()}
      <demo-drawer
        id="drawer"
        .demo=${demo}
        ?hidden=${!demo.preferences.drawer}
        @close=${this.#closeDrawer}
      ></demo-drawer>
      ${this.#dock()}
    `;
  }

  #rail() {
    const { drawer } = this.demo.preferences;
    const { name } = this.demo.host.me;
    return html`
      <div class="rail">
        <h1 class="logo">${demoIcons.wheel}<span class="hidden">Velora Desk</span></h1>
        <nav aria-label="Records">
          ${lists.map(
            ({ kind, label, icon }) =>
              html`<button aria-current=${kind === this.list} @click=${() => (this.list = kind)}>
                ${icon}${label}
              </button>`,
          )}
        </nav>
        <button
          class="try"
          aria-expanded=${drawer}
          aria-controls="drawer"
          @click=${() => this.demo.prefer({ drawer: !drawer, hintSeen: true })}
        >
          ${demoIcons.flask}Try it
        </button>
        <span class="me" role="img" aria-label="Signed in: ${name}" title=${name}>${avatar(name)}</span>
      </div>
    `;
  }

  #record() {
    const { demo } = this;
    const { ticketId, contactId } = demo.host.context;
    if (ticketId) return html`<demo-ticket-page .demo=${demo} .ticketId=${ticketId}></demo-ticket-page>`;
    if (demo.host.contacts().some(({ id }) => id === contactId))
      return html`<demo-contact-page .demo=${demo} .contactId=${contactId}></demo-contact-page>`;
    return html`<p class="empty muted">Open a contact or a ticket.</p>`;
  }

  #hint() {
    if (this.demo.preferences.hintSeen) return nothing;
    return html`<p class="hint">
      <span>Press <strong>Call</strong> above the reply and choose a number. The call is saved to this ticket.</span>
      <button
        class="button quiet icon-only"
        aria-label="Dismiss hint"
        @click=${() => this.demo.prefer({ hintSeen: true })}
      >
        ${demoIcons.close}
      </button>
    </p>`;
  }

  #dock() {
    const { demo } = this;
    const { teams, administrator, locale, direction, width } = demo.preferences;
    // After a change of rights the agent signs in again: a new panel is made, which resumes the current call.
    return html`<aside class="dock" data-width=${width} aria-label="Calls">
      ${keyed(
        `${teams.join()} ${administrator}`,
        html`<ccai-agent-adapter
          .host=${demo.host}
          .telephony=${demo.telephony}
          .locale=${locale}
          .minimized=${this.minimized}
          dir=${direction}
          @ccai-minimize=${(event: CustomEvent<{ minimized: boolean }>) => (this.minimized = event.detail.minimized)}
          @ccai-records-change=${(event: CustomEvent<{ waiting: number; failed: number }>) => {
            demo.records = event.detail;
            demo.changed();
          }}
        ></ccai-agent-adapter>`,
      )}
    </aside>`;
  }

  #closeDrawer = (): void => {
    this.demo.prefer({ drawer: false });
    this.renderRoot.querySelector<HTMLElement>('.try')?.focus();
  };

  static override styles = [palette, crmStyles, appStyles];
}

customElements.define('demo-app', DemoApp);
