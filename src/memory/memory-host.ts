import { CrmError } from '../crm/crm-error.js';
import type { CrmHost, CrmShell } from '../crm/crm-host.js';
import type { Agent } from '../domain/agent.js';
import type { DialRequest } from '../domain/dial.js';
import type { Settings, SettingsInput } from '../domain/settings.js';
import { MemoryPeople } from './memory-people.js';
import type { MemoryOptions } from './memory-records.js';

/** The record that the user has open in the CRM. */
export type OpenRecord = { ticketId?: string; contactId?: string };

/** The embedded CRM in memory: records, shell, and the actions of its users. */
export class MemoryHost extends MemoryPeople implements CrmHost {
  readonly name: string;
  readonly account: string;
  readonly volatile: boolean = true;
  /** Set by a page that can show and hide the panel. */
  panel?: CrmShell['panel'];
  #context: OpenRecord = {};
  #waiting: DialRequest[] = [];
  #dialListeners = new Set<(request: DialRequest) => void>();
  #settingsListeners = new Set<(settings: SettingsInput) => void>();
  #contextListeners = new Set<(context: OpenRecord) => void>();
  #notices: { message: string; level: 'info' | 'warning' | 'error' }[] = [];

  constructor(options: MemoryOptions = {}) {
    super(options);
    this.name = options.name ?? 'Embedded CRM';
    this.account = options.account ?? 'memory';
  }

  // The CRM shell.

  getAgent(): Promise<Agent> {
    return this.faults.run('getAgent', () => this.agent);
  }

  getSettings(): Promise<SettingsInput> {
    return this.faults.run('getSettings', () => structuredClone(this.settings));
  }

  saveSettings(settings: Settings): Promise<void> {
    return this.faults.run(
      'saveSettings',
      () => {
        if (!this.agent.canAdminister) throw new CrmError('forbidden', 'Only an administrator saves the settings.');
        this.store.log({ who: this.agent.id, what: 'settings.saved' });
        this.setSettings(settings);
      },
      { writes: true },
    );
  }

  openTicket(id: string): Promise<void> {
    return this.faults.run('openTicket', () => {
      const ticket = this.ticket(id);
      this.store.log({ who: this.agent.id, what: 'ticket.opened', ticketId: id });
      this.open({ ticketId: id, contactId: ticket.contactId });
    });
  }

  openContact(id: string): Promise<void> {
    return this.faults.run('openContact', () => {
      this.contact(id);
      this.store.log({ who: this.agent.id, what: 'contact.opened', contactId: id });
      this.open({ contactId: id });
    });
  }

  onDial(listener: (request: DialRequest) => void): () => void {
    const stop = listen(this.#dialListeners, listener);
    for (const request of this.#waiting.splice(0)) listener(request);
    return stop;
  }

  onSettingsChange(listener: (settings: SettingsInput) => void): () => void {
    return listen(this.#settingsListeners, listener);
  }

  onContext(listener: (context: OpenRecord) => void): () => void {
    return listen(this.#contextListeners, listener);
  }

  signIn(): Promise<void> {
    this.faults.signedOut = false;
    this.store.changed();
    return Promise.resolve();
  }

  notify(message: string, level: 'info' | 'warning' | 'error'): void {
    this.#notices.push({ message, level });
    this.store.changed();
  }

  get context(): OpenRecord {
    return this.#context;
  }

  get currentSettings(): SettingsInput {
    return this.settings;
  }

  get signedIn(): boolean {
    return !this.faults.signedOut;
  }

  get notices(): readonly { message: string; level: 'info' | 'warning' | 'error' }[] {
    return this.#notices;
  }

  /** The user clicks a number in the CRM. Requests from before the first listener are kept. */
  requestDial(request: DialRequest): void {
    if (this.#dialListeners.size === 0) this.#waiting.push(request);
    for (const listener of [...this.#dialListeners]) listener(request);
  }

  /** The user opens a record, or with `{}` closes it. */
  open(context: OpenRecord): void {
    this.#context = context;
    for (const listener of [...this.#contextListeners]) listener(context);
    this.store.changed();
  }

  /** Changes the settings, as an administrator elsewhere would. */
  setSettings(settings: SettingsInput): void {
    this.settings = structuredClone(settings);
    for (const listener of [...this.#settingsListeners]) listener(structuredClone(settings));
    this.store.changed();
  }

  /** Ends the user's session with the CRM: all requests are refused as `unauthorized` until `signIn()`. */
  signOut(): void {
    this.faults.signedOut = true;
    this.store.changed();
  }
}

function listen<T>(listeners: Set<(value: T) => void>, listener: (value: T) => void): () => void {
  const own = (value: T): void => listener(value);
  listeners.add(own);
  return () => void listeners.delete(own);
}
