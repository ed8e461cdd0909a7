/** What the app is told of where it is. */
export interface AppContext {
  instanceGuid: string;
  product: 'support';
  account: { subdomain: string };
  location: string;
  ticketId?: number;
  userId?: number;
}

/** One place in which the app is, or will be once its iframe is inserted. */
export class AppInstance {
  readonly guid: string;
  readonly url: string;
  context: AppContext;
  frame?: HTMLIFrameElement;
  /** The client has shaken hands. */
  registered = false;
  /** Has been shown: `pane.activated` is for the times after that. */
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

  /** This client wants to hear of the event of that instance. */
  subscribe(guid: string, event: string, wanted: boolean) {
    const events = this.#subscriptions.get(guid) ?? new Set();
    if (wanted) events.add(event);
    else events.delete(event);
    this.#subscriptions.set(guid, events);
  }

  listensTo(guid: string, event: string) {
    return this.#subscriptions.get(guid)?.has(event) ?? false;
  }

  /** A page that is loaded anew starts from nothing. */
  forget() {
    this.registered = false;
    this.#subscriptions.clear();
  }
}
