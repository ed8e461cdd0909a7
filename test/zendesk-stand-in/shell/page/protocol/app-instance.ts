/** The context of an instance: its location and ticket. */
export interface AppContext {
  instanceGuid: string;
  product: 'support';
  account: { subdomain: string };
  location: string;
  ticketId?: number;
  userId?: number;
}

/** One place of the app. Its iframe may not be inserted yet. */
export class AppInstance {
  readonly guid: string;
  readonly url: string;
  context: AppContext;
  frame?: HTMLIFrameElement;
  /** The client's handshake is done. */
  registered = false;
  /** The pane has been shown once. `pane.activated` is sent only for later times. */
  shown = false;
  readonly #subscriptions = new Map<string, Set<string>>();

  constructor(location: string, url: (guid: string) => string, about: { ticketId?: number; userId?: number } = {}) {
    this.guid = crypto.randomUUID();
    this.url = url(this.guid);
    this.context = {
      instanceGuid: this.guid,
      product: 'support',
      account: { subdomain: 'velora' },
      location,
      ...about,
    };
  }

  get location() {
    return this.context.location;
  }

  /** Adds or removes this client as a listener to an event of the instance `guid`. */
  subscribe(guid: string, event: string, wanted: boolean) {
    const events = this.#subscriptions.get(guid) ?? new Set();
    if (wanted) events.add(event);
    else events.delete(event);
    this.#subscriptions.set(guid, events);
  }

  listensTo(guid: string, event: string) {
    return this.#subscriptions.get(guid)?.has(event) ?? false;
  }

  /** Resets the state, because a reloaded page starts anew. */
  forget() {
    this.registered = false;
    this.#subscriptions.clear();
  }
}
