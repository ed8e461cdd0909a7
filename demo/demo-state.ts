import type { DialRequest } from '../src/domain/dial.js';
import { sampleAgent, type OpenRecord } from '../src/memory/index.js';
import { mildDisorder, SimulatedTelephony } from '../src/simulator/index.js';
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
  /** Where the CRM and a running call are kept over a reload. */
  session?: Stored;
  /** Where the drawer's choices are kept. */
  local?: Stored;
  /** The page's window. A duplicated tab has its session storage but not its window's name, and then begins afresh. */
  page?: { name: string };
}

/** The state of the demo: the CRM, the platform, and the visitor's choices. */
export class DemoState {
  readonly host: DemoHost;
  readonly telephony: SimulatedTelephony;
  preferences: Preferences;
  /** The panel's counts of unsent writes. */
  records = { waiting: 0, failed: 0 };
  connectionDown = false;
  /** Set by the element that docks the panel. */
  showPanel: () => void = () => {};
  #session: Stored | undefined;
  #local: Stored | undefined;
  #listeners = new Set<() => void>();
  #scheduled = false;
  #fresh = false;

  constructor({ session, local, page }: DemoOptions = {}) {
    this.#session = session;
    this.#local = local;
    this.preferences = readPreferences(local);
    const account = accountOf(session, page);
    this.host = new DemoHost(this.#agent(), readJson(session, crmKey) as SavedCrm | undefined, account);
    this.telephony = new SimulatedTelephony({
      disorder: mildDisorder,
      alone: true,
      ...(session && { storage: session, storageKey: platformKey }),
    });
    this.host.subscribe(() => this.changed());
    this.telephony.watch(() => this.changed());
  }

  /** Calls the listener once after any number of changes in a task. Returns a function that unsubscribes. */
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

  /** A click on a number: shows the panel with its form filled in. */
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
    if (!this.#fresh) storeJson(this.#session, crmKey, this.host.save());
  }

  /** Makes the next page begin with the sample data. */
  forget(): void {
    this.#fresh = true;
    if (this.#session) clear(this.#session);
  }

  #agent() {
    const { teams, administrator } = this.preferences;
    return { ...sampleAgent, teams, canAdminister: administrator };
  }
}

/** One account for each tab, until the visitor starts over, so that each tab has its own CRM. */
function accountOf(session: Stored | undefined, page: DemoOptions['page']): string | undefined {
  if (!session) return undefined;
  const known = readJson(session, accountKey);
  // A duplicated tab has the session storage, but not the name of the window.
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
