import type { DialRequest } from '../src/domain/dial.js';
import { sampleAgent, type OpenRecord } from '../src/memory/index.js';
import { SimulatedTelephony } from '../src/simulator/index.js';
import { DemoHost, type SavedCrm } from './demo-host.js';
import {
  readJson,
  readPreferences,
  storeJson,
  storePreferences,
  type Preferences,
  type Stored,
} from './preferences.js';

const crmKey = 'velora-desk-crm';
const platformKey = 'velora-desk-platform';
const accountKey = 'velora-desk-account';

export interface DemoOptions {
  /** The storage in which the CRM and the current call survive a reload. */
  session?: Stored;
  /** The storage of the drawer's choices. */
  local?: Stored;
  /** The page's window. By its name, a duplicated tab is recognised: it gets a CRM with the sample data. */
  page?: { name: string };
}

/** The state of the demo: the CRM, the platform, and the visitor's choices. */
export class DemoState {
  readonly host: DemoHost;
  readonly telephony: SimulatedTelephony;
  preferences: Preferences;
  /** The numbers of waiting and failed writes, as the panel reports them. */
  records = { waiting: 0, failed: 0 };
  connectionDown = false;
  /** The element that contains the panel sets it. */
  showPanel: () => void = () => {};
  #session: Stored | undefined;
  #local: Stored | undefined;
  #listeners = new Set<() => void>();
  #scheduled = false;
  /** Whether the state was removed, and must not be stored again. */
  #isForgotten = false;

  constructor({ session, local, page }: DemoOptions = {}) {
    this.#session = session;
    this.#local = local;
    this.preferences = readPreferences(local);
    const account = accountOf(session, page);
    this.host = new DemoHost(this.#agent(), readJson(session, crmKey) as SavedCrm | undefined, account);
    this.telephony = new SimulatedTelephony({
      alone: true,
      storage: session,
      storageKey: platformKey,
    });
    this.host.subscribe(() => this.changed());
    this.telephony.watch(() => this.changed());
  }

  /** Calls the listener once after all changes of a task. Returns a function that removes the listener. */
  subscribe(listener: () => void): () => void {
    const own = (): void => listener();
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  changed(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      for (const listener of [...this.#listeners]) listener();
    });
  }

  open(record: OpenRecord): void {
    this.host.open(record);
  }

  openTicket(ticketId: string): void {
    this.open({ ticketId, contactId: this.host.ticket(ticketId).contactId });
  }

  /** The visitor clicks a number: shows the panel, which fills its form in. */
  call(request: DialRequest): void {
    this.showPanel();
    this.host.requestDial(request);
  }

  prefer(change: Partial<Preferences>): void {
    this.preferences = { ...this.preferences, ...change };
    storePreferences(this.#local, this.preferences);
    if (change.teams !== undefined || change.administrator !== undefined) this.host.become(this.#agent());
    this.changed();
  }

  keep(): void {
    if (!this.#isForgotten) storeJson(this.#session, crmKey, this.host.save());
  }

  /** Removes the stored state, so that the next page begins with the sample data. */
  forget(): void {
    this.#isForgotten = true;
    if (this.#session) clear(this.#session);
  }

  #agent() {
    const { teams, administrator } = this.preferences;
    return { ...sampleAgent, teams, canAdminister: administrator };
  }
}

/** The name of this tab's account: each tab has its own CRM, until the visitor starts again. */
function accountOf(session: Stored | undefined, page: DemoOptions['page']): string | undefined {
  if (!session) return undefined;
  const known = readJson(session, accountKey);
  // A duplicated tab has the session storage of the first tab, but not the name of its window.
  if (typeof known === 'string' && (!page || page.name === known)) return known;
  clear(session);
  const account = `velora-demo-${crypto.randomUUID()}`;
  storeJson(session, accountKey, account);
  if (page) page.name = account;
  return account;
}

function clear(session: Stored): void {
  for (const key of [crmKey, platformKey, accountKey]) session.removeItem(key);
}
