import { runAppRequest } from './app-request.js';
import type { AppInstance } from './app-instance.js';
import { parseMessage, type Incoming } from './messages.js';
import type { ProtocolLog } from './protocol-log.js';

type Answer = unknown;

/** The abilities of the host. What they throw is sent to the app in `errors`. */
export interface HostAbilities {
  get(path: string, of: AppInstance): Answer | Promise<Answer>;
  set(key: string, value: unknown, of: AppInstance): Answer | Promise<Answer>;
  invoke(method: string, args: unknown[], of: AppInstance): Answer | Promise<Answer>;
}

export interface HostOptions {
  appOrigin: string;
  metadata: { appId: number; installationId: number; settings: Record<string, unknown> };
  abilities: HostAbilities;
  log: ProtocolLog;
}

/**
 * The host's side of the Apps Framework protocol.
 *
 *   iframe  ──handshake──▶  host       host  ──app.registered, app.activated──▶  iframe
 *   iframe  ──on/off, get/set/invoke, request:N, trigger──▶  host  ──result, request:N.done|fail, events──▶  iframe
 */
export class AppHost {
  readonly instances = new Map<string, AppInstance>();
  readonly #options: HostOptions;

  constructor(options: HostOptions) {
    this.#options = options;
    window.addEventListener('message', (event) => this.#receive(event));
  }

  /** Sends an event of `of` to its listeners. True: there was one. */
  emit(of: AppInstance, event: string, message?: unknown) {
    const listeners = [...this.instances.values()].filter((one) => one.registered && one.listensTo(of.guid, event));
    for (const one of listeners) this.#post(one, { key: `zaf.${event}`, message, instanceGuid: of.guid });
    return listeners.length > 0;
  }

  updateContext(of: AppInstance, change: object) {
    of.context = { ...of.context, ...change };
    this.emit(of, 'context.updated', of.context);
  }

  #post(to: AppInstance, message: Record<string, unknown>) {
    this.#options.log.add({ way: 'out', guid: to.guid, location: to.location, message });
    to.frame?.contentWindow?.postMessage(message, this.#options.appOrigin);
  }

  #receive(event: MessageEvent) {
    const { log, appOrigin } = this.#options;
    const from = [...this.instances.values()].find((one) => one.frame && one.frame.contentWindow === event.source);
    if (!from) {
      // The page itself and its tools post messages too. Only a message from elsewhere is an error.
      if (event.source !== window) log.error(`a message from ${event.origin}, which is no instance of the app`);
      return;
    }
    if (event.origin !== appOrigin) return log.error(`${from.location}: a message from ${event.origin}`);
    const message = parseMessage(event.data);
    const raw = typeof event.data === 'string' && typeof message !== 'string' ? JSON.parse(event.data) : event.data;
    log.add({ way: 'in', guid: from.guid, location: from.location, message: raw });
    if (typeof message === 'string') return log.error(`${from.location}: ${message}`);
    if (message.appGuid !== from.guid) return log.error(`${from.location}: appGuid ${message.appGuid} is not its own`);
    const about = this.instances.get(message.instanceGuid);
    if (!about) return log.error(`${from.location}: unknown instanceGuid ${message.instanceGuid}`);
    if (!from.registered && message.kind !== 'handshake') return log.error(`${from.location}: no handshake before`);
    void this.#handle(from, about, message);
  }

  async #handle(from: AppInstance, about: AppInstance, message: Incoming) {
    switch (message.kind) {
      case 'handshake':
        return this.#register(from);
      case 'on':
      case 'off':
        return from.subscribe(about.guid, message.event, message.count > 0);
      case 'trigger':
        return this.#trigger(about, message.name, message.data);
      case 'request':
        return this.#request(from, message.number, message.options);
      case 'get':
      case 'set':
      case 'invoke':
        return this.#call(from, about, message);
    }
  }

  #register(instance: AppInstance) {
    instance.forget();
    instance.registered = true;
    const { metadata } = this.#options;
    this.#post(instance, { key: 'zaf.app.registered', message: { metadata, context: instance.context } });
    // Sent to every instance, because clients subscribe only after app.registered.
    this.#post(instance, { key: 'zaf.app.activated', message: { firstLoad: true } });
  }

  #trigger(to: AppInstance, name: string, data: unknown) {
    const message = { key: `zaf.${name}`, message: data, instanceGuid: to.guid };
    if (to.registered && to.listensTo(to.guid, name)) return this.#post(to, message);
    const dropped = to.registered ? 'it does not listen' : 'it is not loaded';
    this.#options.log.add({ way: 'out', guid: to.guid, location: to.location, message, dropped });
  }

  async #request(from: AppInstance, number: number, options: unknown) {
    const refuse = (text: string) => this.#options.log.error(`${from.location}: ${text}`);
    const { done, responseArgs } = await runAppRequest(options, refuse);
    const event = `request:${number}.${done ? 'done' : 'fail'}`;
    this.#post(from, { key: `zaf.${event}`, message: { responseArgs } });
  }

  async #call(from: AppInstance, about: AppInstance, call: Extract<Incoming, { id: number }>) {
    const result: Record<string, unknown> = {};
    const errors: Record<string, { path: string; name: string; message: string }> = {};
    const { abilities } = this.#options;
    const one = (name: string) => {
      if (call.kind === 'get') return abilities.get(name, about);
      if (call.kind === 'set') return abilities.set(name, call.params[name], about);
      return abilities.invoke(name, call.params[name]!, about);
    };
    for (const name of call.kind === 'get' ? call.params : Object.keys(call.params)) {
      try {
        result[name] = await one(name);
      } catch (error) {
        errors[name] = { path: name, name: 'Error', message: error instanceof Error ? error.message : String(error) };
      }
    }
    this.#post(from, { id: call.id, result: { ...result, errors } });
  }
}
