import { html, LitElement, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { CcaiAgentAdapter } from '../src/element/ccai-agent-adapter.js';
import { appStyles } from './app-styles.js';
import './contact-page.js';
import { crmStyles, palette } from './crm-styles.js';
import './demo-drawer.js';
import { icons } from './icons.js';
import { avatar } from './parts.js';
import './record-list.js';
import './ticket-page.js';
import { World } from './world.js';

const lists = [
  { kind: 'contacts', label: 'Contacts', icon: icons.people },
  { kind: 'tickets', label: 'Tickets', icon: icons.ticket },
] as const;

/** A small CRM, the desk of Velora, with the call panel docked in it and a drawer to try things with. */
export class DemoApp extends LitElement {
  static override properties = { world: { attribute: false }, list: { state: true }, minimized: { state: true } };
  declare world: World;
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
    this.world ??= new World({ session: sessionStorage, local: localStorage, page: window });
    this.#stop = this.world.subscribe(() => {
      this.requestUpdate();
      this.#saving ??= setTimeout(this.#save, 300);
    });
    this.world.showPanel = () => this.#panel?.show?.();
    addEventListener('pagehide', this.#save);
    addEventListener('hashchange', this.#follow);
    this.#follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
    clearTimeout(this.#saving);
    removeEventListener('pagehide', this.#save);
    removeEventListener('hashchange', this.#follow);
  }

  #save = (): void => {
    this.#saving = undefined;
    this.world.keep();
  };

  /** A ticket's link, once: what is opened afterwards stays open over a reload. */
  #follow = (): void => {
    const [, ticketId] = /^#tickets\/(.+)$/.exec(location.hash) ?? [];
    if (ticketId === undefined) return;
    history.replaceState(null, '', location.pathname + location.search);
    if (this.world.host.tickets().some(({ id }) => id === ticketId)) this.world.openTicket(ticketId);
  };

  get #panel(): CcaiAgentAdapter | null {
    return this.renderRoot.querySelector('ccai-agent-adapter');
  }

  protected override willUpdate(): void {
    const { theme, direction } = this.world.preferences;
    this.dir = direction;
    this.dataset.theme = theme;
    this.toggleAttribute('minimized', this.minimized);
    this.toggleAttribute('drawer', this.world.preferences.drawer);
  }

  protected override render() {
    const { world } = this;
    return html`
      ${this.#rail()}
      <demo-record-list .world=${world} .kind=${this.list}></demo-record-list>
      <main>${this.#record()}</main>
      ${this.#hint()}
      <demo-drawer
        id="drawer"
        .world=${world}
        ?hidden=${!world.preferences.drawer}
        @close=${this.#closeDrawer}
      ></demo-drawer>
      ${this.#dock()}
    `;
  }

  #rail() {
    const { drawer } = this.world.preferences;
    const { name } = this.world.host.me;
    return html`
      <div class="rail">
        <h1 class="logo">${icons.wheel}<span class="hidden">Velora Desk</span></h1>
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
          @click=${() => this.world.prefer({ drawer: !drawer, hintSeen: true })}
        >
          ${icons.flask}Try it
        </button>
        <span class="me" role="img" aria-label="Signed in: ${name}" title=${name}>${avatar(name)}</span>
      </div>
    `;
  }

  #record() {
    const { world } = this;
    const { ticketId, contactId } = world.host.context;
    if (ticketId) return html`<demo-ticket-page .world=${world} .ticketId=${ticketId}></demo-ticket-page>`;
    if (world.host.contacts().some(({ id }) => id === contactId))
      return html`<demo-contact-page .world=${world} .contactId=${contactId}></demo-contact-page>`;
    return html`<p class="empty muted">Open a contact or a ticket.</p>`;
  }

  #hint() {
    if (this.world.preferences.hintSeen) return nothing;
    return html`<p class="hint">
      <span
        >Press <strong>Call</strong> above the reply, choose a number, and watch the call being written on this
        ticket.</span
      >
      <button
        class="button quiet icon-only"
        aria-label="Dismiss the hint"
        @click=${() => this.world.prefer({ hintSeen: true })}
      >
        ${icons.close}
      </button>
    </p>`;
  }

  #dock() {
    const { world } = this;
    const { teams, administrator, locale, direction, width } = world.preferences;
    // Other rights are another sign-in: a new panel, which resumes a call that is on.
    return html`<aside class="dock" data-width=${width} aria-label="Calls">
      ${keyed(
        `${teams.join()} ${administrator}`,
        html`<ccai-agent-adapter
          .host=${world.host}
          .telephony=${world.telephony}
          .locale=${locale}
          .minimized=${this.minimized}
          dir=${direction}
          @ccai-minimize=${(event: CustomEvent<{ minimized: boolean }>) => (this.minimized = event.detail.minimized)}
          @ccai-records-change=${(event: CustomEvent<{ waiting: number; failed: number }>) => {
            world.records = event.detail;
            world.changed();
          }}
        ></ccai-agent-adapter>`,
      )}
    </aside>`;
  }

  #closeDrawer = (): void => {
    this.world.prefer({ drawer: false });
    this.renderRoot.querySelector<HTMLElement>('.try')?.focus();
  };

  static override styles = [palette, crmStyles, appStyles];
}

customElements.define('demo-app', DemoApp);
