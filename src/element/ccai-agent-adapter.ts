import { ContextProvider } from '@lit/context';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { cache } from 'lit/directives/cache.js';
import type { CrmHost } from '../crm/crm-host.js';
import type { AgentDesktop, DesktopSnapshot } from '../desktop/agent-desktop.js';
import type { DialRequest } from '../domain/dial.js';
import { loadPhoneNumbers } from '../domain/phone-loader.js';
import type { SettingsInput } from '../domain/settings.js';
import { headerView, screenOf, tabsOf, type ScreenName } from '../machine/agent/screen-view.js';
import type { Telephony } from '../telephony/telephony.js';
import { activeElement, isTyping, isInside } from './active-element.js';
import { adapterStyles } from './styles/adapter-styles.js';
import { baseStyles } from './styles/base-styles.js';
import { DesktopController } from './desktop-controller.js';
import { CcaiEvent, notShown } from './events.js';
import { icons } from './parts/icons.js';
import { english, localizer, type Localizer } from './localize.js';
import { MainScreen } from './screens/main-screen.js';
import { panelBanners } from './parts/panel-banners.js';
import { panelContext, type Panel } from './panel-context.js';
import { panelHeader } from './parts/panel-header.js';
import type { PanelScreen } from './screens/panel-screen.js';
import { defineOnce } from './register.js';
import { tokens } from './styles/tokens.js';
import { WaitScreen } from './screens/wait-screen.js';

const waitShownAfter = 150;

/** Q2: the screens that must appear quickly. They stay in the document, hidden, because inserting a screen is slow. */
const inPlace: Partial<Record<ScreenName, string>> = {
  main: 'ccai-main-screen',
  details: 'ccai-details-screen',
  incoming: 'ccai-incoming-screen',
};

const isLoggedIn = ({ agent }: DesktopSnapshot) => agent.matches('ready') && agent.context.leader.loggedOut !== true;

/**
 * @summary The call panel: outbound calls that land on the right contact and the right ticket.
 *
 * @attr {string} locale - BCP 47 tag. By default the document's language.
 * @attr {boolean} minimized - Shows a bar instead of the panel. Calls go on.
 *
 * @fires {CcaiEvent<'ccai-ready'>} ccai-ready - The panel is ready for use.
 * @fires {CcaiEvent<'ccai-status-change'>} ccai-status-change - The agent's status, or the next status, has changed.
 * @fires {CcaiEvent<'ccai-dial'>} ccai-dial - A dial request has filled in the form.
 * @fires {CcaiEvent<'ccai-session-change'>} ccai-session-change - A session's phase, contact or ticket has changed.
 * @fires {CcaiEvent<'ccai-screen-pop'>} ccai-screen-pop - A ticket is about to be opened. Cancelable.
 * @fires {CcaiEvent<'ccai-records-change'>} ccai-records-change - The number of waiting or failed writes has changed.
 * @fires {CcaiEvent<'ccai-minimize'>} ccai-minimize - The panel was minimised or restored.
 * @fires {CcaiEvent<'ccai-error'>} ccai-error - An operation failed.
 * @fires {CcaiEvent<'ccai-log'>} ccai-log - One masked line of the log.
 *
 * @csspart panel - The whole panel.
 * @csspart header - The bar with the agent's status.
 * @csspart screen - The current screen.
 */
export class CcaiAgentAdapter extends LitElement {
  static override styles = [tokens, baseStyles, adapterStyles];
  static override properties = {
    host: { attribute: false },
    telephony: { attribute: false },
    settings: { attribute: false },
    desktop: { attribute: false },
    locale: {},
    minimized: { type: Boolean, reflect: true },
    _words: { state: true },
    _screensLoaded: { state: true },
    _waits: { state: true },
    _recordsOpen: { state: true },
  };

  readonly #controller = new DesktopController(this);
  readonly #provider = new ContextProvider(this, { context: panelContext });
  #shown: ScreenName | undefined;
  readonly #inPlace = new Map<string, HTMLElement>();
  #announced = '';
  #wantedLocale = '';
  /** The code that is loaded after the first paint. */
  #screens: typeof import('./screens/screens.js') | undefined;
  /** Whether the person was typing when the screen changed. If so, no button takes the focus. */
  #typing = false;
  #waitTimer: ReturnType<typeof setTimeout> | undefined;
  #loadTimer: ReturnType<typeof setTimeout> | undefined;

  /** The CRM. */
  declare host: CrmHost | undefined;
  /** The phone platform. */
  declare telephony: Telephony | undefined;
  /** Overrides the host's settings, key by key. */
  declare settings: SettingsInput | undefined;
  /** A desktop that the page made itself, so that calls outlive the element. */
  declare desktop: AgentDesktop | undefined;
  declare locale: string;
  declare minimized: boolean;
  declare protected _words: Localizer;
  declare protected _screensLoaded: boolean;
  declare protected _waits: boolean;
  declare protected _recordsOpen: boolean;

  constructor() {
    super();
    this.locale = '';
    this.minimized = false;
    this._words = english;
    this._screensLoaded = this._waits = this._recordsOpen = false;
    defineOnce('ccai-main-screen', MainScreen);
    defineOnce('ccai-wait-screen', WaitScreen);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (['host', 'telephony', 'settings', 'desktop'].some((port) => changed.has(port as keyof CcaiAgentAdapter))) {
      const { host, telephony, settings, desktop } = this;
      this.#controller.use({ host, telephony, settings, desktop });
    }
    this.#chooseLocale();
    this.#typing = isTyping();
    const snapshot = this.#controller.snapshot;
    if (snapshot) this.#provider.setValue(this.#panel(snapshot));
  }

  protected override updated(): void {
    const snapshot = this.#controller.snapshot;
    if (!snapshot) return this.#screens?.endAlerts(this);
    const screen = this.#steadyScreen(screenOf(snapshot));
    // The screens of a call load after the first paint.
    if (screen !== 'starting') this.#loadTimer ??= setTimeout(() => void this.#loadScreens());
    const wasMinimized = this.minimized;
    this.#renderOrReport('announcement', () => this.#announce(snapshot));
    this.#renderOrReport('alert', () => this.#screens?.alert(this, this.#controller.desktop!, this._words));
    if (screen === this.#shown || (!this._screensLoaded && screen !== 'main')) return;
    const first = this.#shown === undefined;
    this.#shown = screen;
    // A13: a panel that shows itself takes no focus.
    if (!first && !wasMinimized) void this.#moveFocus();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // An element that is connected again by then was moved, not removed.
    setTimeout(() => this.isConnected || this.#screens?.endAlerts(this));
  }

  /** Fills in the form. Only a person's press on Call dials. */
  dial(request: DialRequest): void {
    this.show();
    this.#controller.desktop?.dial(request);
  }

  /**
   * Answers what rings: the call before the chat, else the older one. Rejects with a `TelephonyError` if nothing rings.
   */
  answer(): Promise<void> {
    return this.#controller.actOnRing('answer');
  }

  /** Declines what rings. Rejects with a `TelephonyError` if nothing rings. */
  decline(): Promise<void> {
    return this.#controller.actOnRing('decline');
  }

  show(): void {
    this.#setMinimized(false);
    this.#host?.panel?.show();
  }

  minimize(): void {
    this.#setMinimized(true);
    this.#host?.panel?.hide();
  }

  #onKey = (event: KeyboardEvent): void => {
    if (this.#controller.desktop) this.#screens?.runShortcut(event, this.#controller.desktop);
  };

  get #host(): CrmHost | undefined {
    return this.#controller.desktop?.host ?? this.host;
  }

  #setMinimized(minimized: boolean): void {
    if (this.minimized === minimized) return;
    this.minimized = minimized;
    this.dispatchEvent(new CcaiEvent('ccai-minimize', { minimized }));
  }

  #panel(snapshot: DesktopSnapshot): Panel {
    const desktop = this.#controller.desktop!;
    return {
      desktop,
      snapshot,
      words: this._words,
      crm: desktop.host.name,
      now: () => Date.now(),
      send: (command) => desktop.send(command),
      form: (command) => desktop.send({ type: 'outbound', command }),
      dial: (request) => desktop.dial(request, { pressed: true }),
      hostWaits: this.#controller.waits,
      recordsOpen: this._recordsOpen,
      showRecords: (open) => (this._recordsOpen = open),
      broken: this.#screens?.brokenScreen,
      setLocale: (locale) => this.#setLocale(locale),
      openTicket: (id) => void this.#open(() => desktop.host.openTicket(id)),
      openContact: (id) => void this.#open(() => desktop.host.openContact(id)),
    };
  }

  /** Renders one part. If that throws, reports `ccai-error` and leaves the rest of the panel intact. */
  #renderOrReport<T>(part: string, show: () => T): T | typeof nothing {
    try {
      return show();
    } catch (cause) {
      this.dispatchEvent(notShown(part, cause));
      return nothing;
    }
  }

  async #open(open: () => Promise<void>): Promise<void> {
    try {
      await open();
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : 'The CRM did not open the record.';
      this.dispatchEvent(new CcaiEvent('ccai-error', { code: 'not-opened', message, cause }));
    }
  }

  #setLocale(locale: string): void {
    this.#screens?.saveOwnChoices({ locale });
    this.requestUpdate();
  }

  #chooseLocale(): void {
    const wanted =
      this.#screens?.ownChoices().locale || this.locale || document.documentElement.lang || navigator.language;
    if (wanted === this.#wantedLocale) return;
    this.#wantedLocale = wanted;
    localizer(wanted).then(
      (words) => {
        if (wanted === this.#wantedLocale) this._words = words;
      },
      // The words stay as they are. The next change of locale tries again.
      () => (this.#wantedLocale = ''),
    );
  }

  async #loadScreens(): Promise<void> {
    try {
      const screens = await import('./screens/screens.js');
      screens.defineScreens();
      this.#screens = screens;
      this._screensLoaded = true;
      await loadPhoneNumbers();
    } catch {
      // Tries again later. The outbound form says that the phone-number rules are missing.
      setTimeout(() => void this.#loadScreens(), 3000);
    }
  }

  /** Moves the focus to the screen's first field, unless the person is typing elsewhere. */
  async #moveFocus(): Promise<void> {
    const screen = this.renderRoot.querySelector<PanelScreen>('[data-screen]');
    await screen?.updateComplete;
    const elsewhere = isTyping() && !isInside(activeElement()!, this);
    if (!elsewhere && !this.minimized) screen?.focusFirst?.(this.#typing);
  }

  /** Puts the announcement into the live region for screen readers, which is always in the document. */
  #announce(snapshot: DesktopSnapshot): void {
    const announced = this.#screens?.announcement(snapshot, this._words) ?? '';
    if (announced === this.#announced) return;
    this.#announced = announced;
    const region = this.renderRoot.querySelector('#announcer');
    if (region) region.textContent = announced;
  }

  protected override render(): unknown {
    const { text } = this._words;
    const snapshot = this.#controller.snapshot;
    if (this.minimized) return this.#renderBar(snapshot);
    const { send } = this.#controller.desktop ?? {};
    return html`
      <section
        class="panel"
        part="panel"
        aria-label=${text('panel.label')}
        lang=${this._words.locale}
        @keydown=${this.#onKey}
      >
        ${this.#renderOrReport('header', () =>
          panelHeader(
            this._words,
            snapshot && isLoggedIn(snapshot) ? headerView(snapshot.agent) : undefined,
            (command) => send?.call(this.#controller.desktop, command),
            () => this.minimize(),
          ),
        )}
        ${snapshot ? this.#renderSnapshot(snapshot) : this.#renderUnready()}
        <div id="announcer" class="visually-hidden" role="status" aria-live="assertive"></div>
      </section>
    `;
  }

  #renderSnapshot(snapshot: DesktopSnapshot): TemplateResult {
    const desktop = this.#controller.desktop!;
    const asking = snapshot.agent.matches({ ready: { outbound: { form: 'asking' } } });
    return html`
      <div class="banners">
        ${this._screensLoaded || tabsOf(snapshot).length > 0 ? html`<ccai-panel-tabs></ccai-panel-tabs>` : nothing}
        <ccai-sessions-bar></ccai-sessions-bar>
        ${panelBanners(
          this._words,
          snapshot,
          (command) => desktop.send(command),
          (request) => desktop.dial(request, { pressed: true }),
        )}
      </div>
      <div class="screen" part="screen" ?inert=${asking}>
        ${this.#renderScreens(this.#steadyScreen(screenOf(snapshot)))}
      </div>
    `;
  }

  /** Keeps the previous screen for a moment. If the data arrives by then, no waiting screen is shown. */
  #steadyScreen(screen: ScreenName): ScreenName {
    if (screen !== 'loading') {
      clearTimeout(this.#waitTimer);
      this.#waitTimer = undefined;
      this._waits = false;
      return screen;
    }
    this.#waitTimer ??= setTimeout(() => (this._waits = true), waitShownAfter);
    return this._waits ? screen : (this.#shown ?? screen);
  }

  #renderScreens(screen: ScreenName): unknown {
    const tag = this._screensLoaded || screen === 'main' ? inPlace[screen] : undefined;
    if (tag && !this.#inPlace.has(tag)) this.#inPlace.set(tag, document.createElement(tag));
    const focused = activeElement() as HTMLElement | null;
    for (const [name, element] of this.#inPlace) {
      // Without the blur, an open list would stay open.
      if (name !== tag && focused && isInside(focused, element)) focused.blur();
      element.hidden = name !== tag;
      element.toggleAttribute('data-screen', name === tag);
    }
    return [...this.#inPlace.values(), cache(tag ? nothing : this.#renderScreen(screen))];
  }

  #renderScreen(screen: ScreenName): TemplateResult {
    return (
      this.#screens?.renderScreen(screen, () => this.requestUpdate()) ??
      html`<ccai-wait-screen data-screen></ccai-wait-screen>`
    );
  }

  #renderUnready(): TemplateResult {
    const { text } = this._words;
    const missing = this.host ? 'panel.no-telephony' : 'panel.no-host';
    return html`
      <div class="unready">
        <div class="message warn" role="alert">
          ${icons.warning}
          <div><strong>${text(missing)}</strong><span>${text(`${missing}.how`)}</span></div>
        </div>
      </div>
    `;
  }

  #renderBar(snapshot: DesktopSnapshot | undefined): unknown {
    const { text } = this._words;
    const restore = () => {
      this.show();
      void this.updateComplete.then(() => this.#moveFocus());
    };
    const bar = this.#renderOrReport(
      'bar',
      () => snapshot && this.#screens?.panelBar(this.#controller.desktop!, this._words, restore),
    );
    if (bar && bar !== nothing) return bar;
    return html`
      <button type="button" class="bar restore" part="bar" @click=${restore}>
        ${icons.phone}
        <span class="cut">${text('panel.label')}</span>
        <span class="visually-hidden">${text('panel.restore')}</span>
      </button>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ccai-agent-adapter': CcaiAgentAdapter;
  }
}
