import type { AuditLogEntry } from '../../control.js';
import type { InstalledApp } from '../serve-shell.js';
import { groupsOf, shellAbilities } from './abilities.js';
import { control, signedInId, type Person } from './account.js';
import { AppIcon } from './app-icon.js';
import { AppPanes } from './app-panes.js';
import { Colleagues } from './colleagues.js';
import { dialoutTo, raiseDialout, type Dialout } from './dialout.js';
import { ShellConditions } from './shell-conditions.js';
import { Loads } from './loads.js';
import { pathOf, placeOf, samePlace, type Place, type Tab } from './places.js';
import { PlatformWire } from './platform.js';
import { AppHost } from './protocol/app-host.js';
import { ProtocolLog } from './protocol/protocol-log.js';
import { Toasts } from './toasts.js';
import { Watch } from './watch.js';

/** A comment that the agent has typed and not sent. */
export interface Draft {
  public: boolean;
  text: string;
  status?: string;
  sending?: boolean;
  problem?: string;
}

/** The agent's page: the signed-in agent, the open tabs and the app. */
export class Shell {
  place: Place = placeOf(location.pathname);
  tabs: Tab[] = [];
  dialoutTo = dialoutTo(new URL(location.href).searchParams.get('dialout'));
  isDrawerOpen = false;
  me: Person = { id: signedInId(), name: '', role: 'agent' };
  groups: { id: number; name: string }[] = [];
  readonly drafts = new Map<number, Draft>();
  readonly toasts = new Toasts(() => this.update());
  readonly loads = new Loads(() => this.update());
  readonly log = new ProtocolLog(() => this.update());
  readonly watch = new Watch((news, wasReset) => this.#happened(news, wasReset));
  readonly conditions = new ShellConditions(() => this.update());
  readonly icon = new AppIcon(
    () => this.update(),
    (text) => this.log.error(text),
  );
  readonly colleagues = new Colleagues(() => this.update());
  readonly platform = new PlatformWire(
    () => this.panes.topBar?.frame,
    () => new URL(this.app.appUrl).origin,
    () => this.update(),
  );
  host!: AppHost;
  panes!: AppPanes;
  app!: InstalledApp;
  readonly #render: () => void;
  #isDue = false;

  constructor(render: (shell: Shell) => void) {
    this.#render = () => render(this);
  }

  get appName() {
    return this.app.name ?? 'Call panel';
  }

  async start() {
    this.app = (await (await fetch('/shell/app.json')).json()) as InstalledApp;
    const settings = await control.settings().catch(() => ({}));
    this.me = (await control.user(this.me.id).catch(() => this.me)) as Person;
    this.groups = await groupsOf(this.me.id).catch(() => []);
    await this.watch.start();
    void this.conditions.load();
    this.host = new AppHost({
      appOrigin: new URL(this.app.appUrl).origin,
      metadata: { appId: 8001, installationId: 9001, settings },
      abilities: shellAbilities(this),
      log: this.log,
    });
    this.panes = new AppPanes(this.host, this.app, () => this.update());
    if (this.panes.topBar) void this.icon.load();
    this.platform.watch(() => this.isDrawerOpen);
    window.addEventListener('popstate', () => this.#arrive(placeOf(location.pathname)));
    history.replaceState(null, '', pathOf(this.place));
    this.#arrive(this.place);
  }

  /** Draws the page once for all changes of the same turn. */
  update() {
    if (this.#isDue || !this.panes) return;
    this.#isDue = true;
    queueMicrotask(() => {
      this.#isDue = false;
      this.#render();
    });
  }

  go(place: Place) {
    if (!samePlace(place, this.place)) history.pushState(null, '', pathOf(place));
    this.#arrive(place);
  }

  #arrive(place: Place) {
    this.place = place;
    if (place.kind === 'ticket' || place.kind === 'user') {
      if (!this.tabs.some((tab) => samePlace(tab, place))) this.tabs.push(place);
    }
    this.loads.drop('list:');
    const ticketId = place.kind === 'ticket' && place.id !== 'new' ? place.id : undefined;
    this.panes.show({ ticketId, navBar: place.kind === 'app' });
    this.update();
  }

  close(tab: Tab) {
    const index = this.tabs.findIndex((one) => samePlace(one, tab));
    this.tabs.splice(index, 1);
    if (tab.kind === 'ticket' && tab.id !== 'new') this.panes.closeTicket(tab.id);
    if (samePlace(tab, this.place)) this.go(this.tabs[index] ?? this.tabs[index - 1] ?? { kind: 'home' });
    this.update();
  }

  draft(ticketId: number) {
    const draft = this.drafts.get(ticketId) ?? { public: true, text: '' };
    this.drafts.set(ticketId, draft);
    return draft;
  }

  async signIn() {
    await this.conditions.sign(false);
    this.loads.drop('');
  }

  /** The agent pressed one of the page's call buttons. */
  dial(dialout: Dialout) {
    if (!raiseDialout(this.host, this.panes, this.dialoutTo, dialout)) {
      this.toasts.show('No app took this call.', 'alert');
    }
  }

  async #happened(news: readonly AuditLogEntry[], wasReset: boolean) {
    if (wasReset) this.loads.drop('');
    for (const { what, ticketId, userId, actor, changes } of news) {
      if (what === 'ticket.deleted') this.loads.drop(`ticket:${ticketId}`);
      if (what === 'user.deleted') this.loads.drop(`person:${userId}`);
      if (what !== 'ticket.displayed') void this.loads.refresh('others');
      for (const key of ticketId ? [`ticket:${ticketId}`, `comments:${ticketId}`] : []) void this.loads.refresh(key);
      for (const key of userId ? [`person:${userId}`, `numbers:${userId}`] : []) void this.loads.refresh(key);
      const isForMe = Number(changes?.agentId ?? actor) === this.me.id;
      if (what === 'ticket.displayed' && ticketId && isForMe) this.go({ kind: 'ticket', id: ticketId });
      if (what === 'user.displayed' && userId && isForMe) this.go({ kind: 'user', id: userId });
    }
    this.update();
  }
}
