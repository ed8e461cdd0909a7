import type { InstalledApp } from '../serve-shell.js';
import type { AppHost } from './protocol/app-host.js';
import { AppInstance } from './protocol/app-instance.js';

export interface Size {
  width?: unknown;
  height?: unknown;
}

const element = (id: string) => document.getElementById(id)!;

/** Reads a length: 320, '320' or '320px'. */
function pixels(length: unknown) {
  const match = /^(\d+(?:[.]\d+)?)(?:px)?$/.exec(String(length));
  return match ? Number(match[1]) : undefined;
}

/** The app's iframes: their places, when they are inserted, and which are visible. An iframe is never moved. */
export class AppPanes {
  readonly topBar?: AppInstance;
  readonly navBar?: AppInstance;
  readonly background?: AppInstance;
  isOpen = false;
  readonly #host: AppHost;
  readonly #app: InstalledApp;
  readonly #changed: () => void;
  readonly #ofTickets = new Map<number, AppInstance>();
  #shown: AppInstance | undefined;

  constructor(host: AppHost, app: InstalledApp, changed: () => void) {
    this.#host = host;
    this.#app = app;
    this.#changed = changed;
    this.background = this.#make('background');
    this.topBar = this.#make('top_bar');
    this.navBar = this.#make('nav_bar');
    if (this.background) this.#insert(this.background, 'background');
    const size = (this.#app.manifest?.location?.support?.top_bar as { size?: Size } | undefined)?.size;
    this.resize({ width: pixels(size?.width) ?? 320, height: pixels(size?.height) ?? 520 });
    document.addEventListener('pointerdown', (event) => this.#pressed(event.target as Element));
    // A press in another iframe of the app is noticed only by the focus that moves there.
    window.addEventListener('blur', () => {
      if (document.activeElement instanceof HTMLIFrameElement) this.#pressed(document.activeElement);
    });
    window.addEventListener('resize', () => this.#place());
  }

  #make(location: string, about: { ticketId?: number } = {}) {
    const declared = this.#app.manifest?.location?.support?.[location] as string | { url?: string } | undefined;
    const file = typeof declared === 'string' ? declared : declared?.url;
    if (!file) return undefined;
    const page = new URL(`${this.#app.appUrl}/app/${file}`);
    const url = (guid: string) => {
      const asked = `origin=${encodeURIComponent(window.location.origin)}&app_guid=${guid}`;
      return `${page.href}${page.search ? '&' : '?'}${asked}`;
    };
    const instance = new AppInstance(location, url, about);
    this.#host.instances.set(instance.guid, instance);
    return instance;
  }

  #insert(instance: AppInstance, into: string) {
    if (instance.frame) return;
    const frame = document.createElement('iframe');
    frame.title = `${this.#app.name ?? 'App'} (${instance.location})`;
    frame.allow = 'microphone; autoplay; clipboard-write';
    frame.dataset.location = instance.location;
    frame.dataset.guid = instance.guid;
    frame.src = instance.url;
    instance.frame = frame;
    element(into).append(frame);
  }

  preload(instance: AppInstance) {
    if (instance === this.topBar) this.#insert(instance, 'popover');
  }

  open() {
    if (!this.topBar || this.isOpen) return;
    this.#insert(this.topBar, 'popover');
    this.isOpen = true;
    element('popover').hidden = false;
    this.#place();
    this.#appears(this.topBar);
    this.#changed();
  }

  close() {
    if (!this.topBar || !this.isOpen) return;
    this.isOpen = false;
    element('popover').hidden = true;
    this.#host.emit(this.topBar, 'pane.deactivated');
    this.#changed();
  }

  resize(size: Size) {
    const { style } = element('popover');
    const [width, height] = [pixels(size.width), pixels(size.height)];
    if (width) style.setProperty('--width', `${width}px`);
    if (height) style.setProperty('--height', `${height}px`);
  }

  resizeSidebar(instance: AppInstance, size: Size) {
    const height = pixels(size.height);
    if (height && instance.frame) instance.frame.style.height = `${height}px`;
  }

  /** What is visible beside the popover: a ticket's apps, the app's own page, or neither. */
  show(place: { ticketId?: number; navBar?: boolean }) {
    const instance = place.navBar ? this.navBar : this.#ofTicket(place.ticketId);
    element('nav-pane').hidden = !(place.navBar && instance);
    element('sidebar').hidden = !(place.ticketId && instance);
    if (instance === this.#shown) return;
    const before = this.#shown;
    this.#shown = instance;
    if (before) this.#disappears(before);
    for (const one of this.#ofTickets.values()) one.frame!.hidden = one !== instance;
    if (instance === this.navBar && instance) this.#insert(instance, 'nav-pane');
    if (instance) this.#appears(instance);
  }

  #ofTicket(ticketId?: number) {
    if (!ticketId) return undefined;
    const known = this.#ofTickets.get(ticketId);
    if (known) return known;
    const made = this.#make('ticket_sidebar', { ticketId });
    if (!made) return undefined;
    this.#ofTickets.set(ticketId, made);
    this.#insert(made, 'sidebar');
    return made;
  }

  closeTicket(ticketId: number) {
    const instance = this.#ofTickets.get(ticketId);
    if (!instance) return;
    if (this.#shown === instance) this.#shown = undefined;
    this.#ofTickets.delete(ticketId);
    this.#host.instances.delete(instance.guid);
    instance.frame?.remove();
  }

  ofTicket(ticketId: number) {
    return this.#ofTickets.get(ticketId);
  }

  #appears(instance: AppInstance) {
    if (!instance.shown) {
      instance.shown = true;
    } else if (instance.location === 'ticket_sidebar') {
      this.#host.emit(instance, 'app.activated', { firstLoad: false });
    } else {
      this.#host.emit(instance, 'pane.activated');
    }
  }

  #disappears(instance: AppInstance) {
    this.#host.emit(instance, instance.location === 'ticket_sidebar' ? 'app.deactivated' : 'pane.deactivated');
  }

  /** Places the popover below the icon, aligned to the icon's right edge. */
  #place() {
    const icon = document.querySelector('[data-popover-button]')?.getBoundingClientRect();
    if (!icon) return;
    const right = document.documentElement.clientWidth - icon.right;
    element('popover').style.setProperty('--right', `${Math.max(8, right)}px`);
  }

  #pressed(target: Element) {
    if (target.closest('#popover, [data-popover-button]')) return;
    this.close();
  }
}
