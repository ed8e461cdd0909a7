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

/** The signed-in agent in the framework's format. */
export interface CurrentUser {
  id: number | string;
  name: string;
  email?: string | null;
  role?: string;
  locale?: string;
  groups?: readonly { id: number | string; name: string }[];
}

/** The most relayed dial requests whose ids are remembered. */
const mostRelayed = 100;

type Listeners<T> = Set<(value: T) => void>;

/** Zendesk as a `CrmHost`: its records, and the agent's browser page, both through the app framework. */
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
  /** The ids of the dial requests that other pages of the app have relayed. */
  readonly #relayed = new Set<string>();
  /** The dial requests before the first listener. */
  #waitingDials: DialRequest[] = [];
  #agent: Promise<CurrentUser> | undefined;
  /** The settings as the app's installation stores them. */
  #stored: unknown;
  /** Whether the stored settings have changed since this page was loaded. */
  #changed = false;
  /** Whether the account has the voice API, as far as it is known. */
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

  /** The BCP 47 tag of the language that the agent has chosen in Zendesk. */
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
    // A page that misses this message reads the new settings when it starts.
    this.#sendToOthers(appMessages.settings, { text }).catch(() => undefined);
  }

  /** Uses the voice API. If the account has no voice plan, uses the framework. */
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

  /** Opens the account's page in a new tab, because Zendesk's log-in is there. */
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
      // The sender repeats a message until it is confirmed, so the message may come twice.
      if (this.#relayed.has(id)) return;
      this.#relayed.add(id);
      if (this.#relayed.size > mostRelayed) this.#relayed.delete(this.#relayed.keys().next().value!);
      if (this.#clicks.isNew(request, voice ? 'relayed' : 'sidebar', this.api.now)) this.#dial(request);
    });
    framework.on(appMessages.context, (data) => {
      const context = readContext(data);
      for (const listener of [...this.#contextListeners]) listener(context);
    });
    framework.on(appMessages.settings, (data) => this.#takeSettings((data as { text?: unknown } | null)?.text));
    // A new page gets from Zendesk the settings of the time when the tab was loaded. This page sends it the newer ones.
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
      // The settings cannot be read. The last readable settings stay in force.
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
    // After a failed request, the next call asks again.
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
      // The framework has opened the record, so the record exists: a 404 means that the account has no voice API.
      if ((error as { status?: number } | undefined)?.status === 404) this.#hasVoice = false;
    }
  }
}

function listen<T>(listeners: Listeners<T>, listener: (value: T) => void): () => void {
  const own = (value: T): void => listener(value);
  listeners.add(own);
  return () => void listeners.delete(own);
}
