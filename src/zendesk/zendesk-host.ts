import { CrmError } from '../crm/crm-error.js';
import type { CrmHost, CrmShell } from '../crm/crm-host.js';
import type { Agent } from '../domain/agent.js';
import type { DialRequest } from '../domain/dial.js';
import type { Settings, SettingsInput } from '../domain/settings.js';
import { appMessages, readContext, readDialMessage } from './app-messages.js';
import { DialOutFilter, dialOutEvent, dialRequestOf } from './dial-out.js';
import { frameworkTransport } from './framework-transport.js';
import type { Framework, FrameworkMetadata } from './framework.js';
import { panelOf } from './panel.js';
import { readSettings, settingsParameter } from './stored-settings.js';
import { ZendeskRecords, type ZendeskRecordsOptions } from './zendesk-records.js';

/** The signed-in agent, as the framework describes them. */
export interface CurrentUser {
  id: number | string;
  name: string;
  email?: string | null;
  role?: string;
  locale?: string;
  groups?: readonly { id: number | string; name: string }[];
}

const keptRelayed = 100;

type Listeners<T> = Set<(value: T) => void>;

/** Zendesk as a CRM: its records through the app framework, and its agent interface. */
export class ZendeskHost extends ZendeskRecords implements CrmHost {
  readonly name = 'Zendesk';
  readonly account: string;
  readonly panel: NonNullable<CrmShell['panel']>;
  readonly #framework: Framework;
  readonly #metadata: FrameworkMetadata;
  readonly #dialListeners: Listeners<DialRequest> = new Set();
  readonly #contextListeners: Listeners<{ ticketId?: string; contactId?: string }> = new Set();
  readonly #settingsListeners: Listeners<SettingsInput> = new Set();
  readonly #clicks = new DialOutFilter();
  readonly #relayed = new Set<string>();
  #waitingDials: DialRequest[] = [];
  #agent: Promise<CurrentUser> | undefined;
  #stored: unknown;
  /** The stored settings have changed since this page was loaded. */
  #changed = false;
  #hasVoice = true;

  constructor(framework: Framework, metadata: FrameworkMetadata, options: ZendeskRecordsOptions = {}) {
    super(frameworkTransport(framework), { requestsPerMinute: 100, ...options });
    this.#framework = framework;
    this.#metadata = metadata;
    this.#stored = metadata.settings[settingsParameter];
    this.account = /^https:\/\/([^.]+)\.zendesk\.com$/.exec(framework.origin)?.[1] ?? framework.origin;
    this.panel = panelOf(framework);
    this.#listen();
  }

  async getAgent(): Promise<Agent> {
    const { id, name, email, role, groups = [] } = await this.#currentUser();
    return {
      id: String(id),
      name,
      ...(email ? { email } : {}),
      teams: groups.map((group) => String(group.id)),
      canAdminister: role === 'admin',
    };
  }

  /** The language that the agent has chosen in Zendesk: a BCP 47 tag. */
  async getLocale(): Promise<string | undefined> {
    return (await this.#currentUser()).locale;
  }

  async getSettings(): Promise<SettingsInput> {
    const settings = readSettings(this.#stored);
    this.defaultCountry = settings.outbound?.defaultCountry ?? this.defaultCountry;
    return settings;
  }

  async saveSettings(settings: Settings): Promise<void> {
    const { installationId } = this.#metadata;
    if (installationId === undefined) throw new CrmError('invalid', 'This app is not installed: nothing can be saved.');
    const text = JSON.stringify(settings);
    const path = `/api/v2/apps/installations/${installationId}.json`;
    await this.api.write('PUT', path, JSON.stringify({ settings: { [settingsParameter]: text } }));
    this.#takeSettings(text);
    // A page that misses this message reads the settings when it starts.
    this.#sendToOthers(appMessages.settings, { text }).catch(() => undefined);
  }

  /** Uses the voice API, or the framework where the account has no voice plan. */
  async openTicket(id: string): Promise<void> {
    await this.#display('tickets', id, () => this.#framework.invoke('routeTo', ['ticket', Number(id)]));
  }

  async openContact(id: string): Promise<void> {
    await this.#display('users', id, () => this.#framework.invoke('routeTo', ['user', Number(id)]));
  }

  onDial(listener: (request: DialRequest) => void): () => void {
    const stop = listen(this.#dialListeners, listener);
    for (const request of this.#waitingDials.splice(0)) listener(request);
    return stop;
  }

  onSettingsChange(listener: (settings: SettingsInput) => void): () => void {
    return listen(this.#settingsListeners, listener);
  }

  onContext(listener: (context: { ticketId?: string; contactId?: string }) => void): () => void {
    return listen(this.#contextListeners, listener);
  }

  /** Zendesk has its log-in on the account's own page. */
  signIn(): Promise<void> {
    window.open(`${this.#framework.origin}/agent`, '_blank', 'noopener');
    return Promise.resolve();
  }

  notify(message: string, level: 'info' | 'warning' | 'error'): void {
    const kinds = { info: 'notice', warning: 'alert', error: 'error' };
    this.#framework.invoke('notify', [message, kinds[level]]).catch(() => undefined);
  }

  #listen(): void {
    const framework = this.#framework;
    framework.on(dialOutEvent, (payload) => {
      const request = dialRequestOf(payload);
      if (this.#clicks.isNew(request, 'direct', this.api.now)) this.#dial(request);
    });
    framework.on(appMessages.dial, (data) => {
      const message = readDialMessage(data);
      if (!message) return;
      const { id, from, request, voice } = message;
      framework.send(from, appMessages.dialTaken, { id });
      // A message is sent until it is confirmed, so it may come twice.
      if (this.#relayed.has(id)) return;
      this.#relayed.add(id);
      if (this.#relayed.size > keptRelayed) this.#relayed.delete(this.#relayed.keys().next().value!);
      if (this.#clicks.isNew(request, voice ? 'relayed' : 'sidebar', this.api.now)) this.#dial(request);
    });
    framework.on(appMessages.context, (data) => {
      const context = readContext(data);
      for (const listener of [...this.#contextListeners]) listener(context);
    });
    framework.on(appMessages.settings, (data) => this.#takeSettings((data as { text?: unknown } | null)?.text));
    // Zendesk gives a new page the settings from when the tab was loaded. This page sends the newer ones.
    framework.on(appMessages.ready, (data) => {
      const { from } = (data ?? {}) as { from?: unknown };
      if (this.#changed && typeof from === 'string') framework.send(from, appMessages.settings, { text: this.#stored });
    });
    this.#sendToOthers(appMessages.ready).catch(() => undefined);
  }

  #dial(request: DialRequest): void {
    if (this.#dialListeners.size === 0) this.#waitingDials.push(request);
    for (const listener of [...this.#dialListeners]) listener(request);
  }

  #takeSettings(stored: unknown): void {
    this.#stored = stored;
    this.#changed = true;
    void this.getSettings().then(
      (settings) => {
        for (const listener of [...this.#settingsListeners]) listener(settings);
      },
      // Unreadable settings leave the last good ones in force.
      () => undefined,
    );
  }

  async #sendToOthers(name: string, data?: unknown): Promise<void> {
    const { instanceGuid } = await this.#framework.context();
    for (const { guid } of await this.#framework.instances())
      if (guid !== instanceGuid) this.#framework.send(guid, name, data ?? { from: instanceGuid });
  }

  protected override panelOwner(): Promise<string | undefined> {
    return this.#currentUser().then(
      ({ name }) => name,
      () => undefined,
    );
  }

  async #currentUser(): Promise<CurrentUser> {
    this.#agent ??= this.#framework.get<CurrentUser>('currentUser');
    // A failed request is not kept: the next call asks again.
    this.#agent.catch(() => (this.#agent = undefined));
    return this.#agent;
  }

  async #display(what: 'tickets' | 'users', id: string, route: () => Promise<void>): Promise<void> {
    if (!this.#hasVoice) return route();
    const { id: agent } = await this.#currentUser();
    try {
      const path = `/api/v2/channels/voice/agents/${agent}/${what}/${encodeURIComponent(id)}/display`;
      await this.api.write('POST', path, undefined);
    } catch (error) {
      await route();
      // The route worked, so the record exists: the 404 came from the missing voice API.
      if ((error as { status?: number } | undefined)?.status === 404) this.#hasVoice = false;
    }
  }
}

function listen<T>(listeners: Listeners<T>, listener: (value: T) => void): () => void {
  const own = (value: T): void => listener(value);
  listeners.add(own);
  return () => void listeners.delete(own);
}
