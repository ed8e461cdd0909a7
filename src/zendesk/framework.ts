import { CrmError } from '../crm/crm-error.js';
import type { Timers } from '../environment/environment.js';
import { inTime } from '../environment/in-time.js';
import { own } from '../domain/own.js';

/** The methods of Zendesk's app framework client that this binding uses. */
export interface ZafClient {
  get(path: string): Promise<Record<string, unknown>>;
  set(path: string, value: unknown): Promise<unknown>;
  invoke(name: string, ...args: unknown[]): Promise<unknown>;
  on(name: string, listener: (data: unknown) => void): void;
  off(name: string, listener: (data: unknown) => void): void;
  trigger(name: string, data?: unknown): void;
  request(options: Readonly<Record<string, unknown>>): Promise<unknown>;
  metadata(): Promise<unknown>;
  context(): Promise<unknown>;
  instance(guid: string): ZafClient;
}

export interface FrameworkMetadata {
  appId?: number;
  installationId?: number;
  settings: Readonly<Record<string, unknown>>;
}

export interface FrameworkContext {
  instanceGuid: string;
  location: string;
  account?: { subdomain?: string };
}

/** Milliseconds. The framework's own time-out of five minutes is too long for an agent who waits. */
const timeOut = 5000;

/** The app framework with types and a shorter time-out. A failing call rejects with a `CrmError`. */
export class Framework {
  readonly client: ZafClient;
  /** https://acme.zendesk.com */
  readonly origin: string;
  readonly #timers: Timers;

  constructor(client: ZafClient, origin: string, timers: Timers) {
    this.client = client;
    this.origin = origin;
    this.#timers = timers;
  }

  metadata(): Promise<FrameworkMetadata> {
    return this.#inTime('its metadata', this.client.metadata()) as Promise<FrameworkMetadata>;
  }

  context(): Promise<FrameworkContext> {
    return this.#inTime('where the app is', this.client.context()) as Promise<FrameworkContext>;
  }

  async get<T>(path: string): Promise<T> {
    return own(await this.#inTime(path, this.client.get(path)), path) as T;
  }

  async set(path: string, value: unknown): Promise<void> {
    await this.#inTime(path, this.client.set(path, value));
  }

  /** Calls a method of this instance, or of the instance `guid`. */
  async invoke(name: string, args: readonly unknown[], guid?: string): Promise<void> {
    const client = guid === undefined ? this.client : this.client.instance(guid);
    await this.#inTime(name, client.invoke(name, ...args));
  }

  on(name: string, listener: (data: unknown) => void): () => void {
    const own = (data: unknown): void => listener(data);
    this.client.on(name, own);
    return () => this.client.off(name, own);
  }

  /** Sends an event to another instance of this app. */
  send(guid: string, name: string, data?: unknown): void {
    this.client.instance(guid).trigger(name, data);
  }

  /** The app's instances in this tab, with their locations (`top_bar`, `background`, …). */
  async instances(): Promise<readonly { guid: string; location: string }[]> {
    const found = await this.get<Readonly<Record<string, { location?: unknown }>>>('instances');
    return Object.entries(found ?? {}).map(([guid, { location }]) => ({ guid, location: String(location) }));
  }

  async #inTime<T>(what: string, answer: Promise<T>): Promise<T> {
    const tooLate = () => new CrmError('timeout', `Zendesk did not answer when asked for ${what}.`);
    try {
      return await inTime(() => answer, { timers: this.#timers, milliseconds: timeOut, tooLate });
    } catch (cause) {
      if (cause instanceof CrmError) throw cause;
      throw new CrmError('unavailable', `Zendesk refused: ${(cause as Error | undefined)?.message ?? what}`, { cause });
    }
  }
}
