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

export interface WorldOptions {
  /** With it a reload finds the CRM and a running call again. */
  session?: Stored;
  /** With it the drawer's choices are remembered. */
  local?: Stored;
  /** The page's window: with it a tab that was copied, session and all, begins afresh instead of being a second one. */
  page?: { name: string };
}

/** Everything that the page shows and the drawer changes: the CRM, the platform, the visitor's choices. */
export class World {
  readonly host: DemoHost;
  readonly telephony: SimulatedTelephony;
  preferences: Preferences;
  /** What the panel says of its writes. */
  records = { waiting: 0, failed: 0 };
  lineDown = false;
  /** Set by the dock. */
  showPanel: () => void = () => {};
  #session: Stored | undefined;
  #local: Stored | undefined;
  #listeners = new Set<() => void>();
  #telling = false;
  #fresh = false;

  constructor({ session, local, page }: WorldOptions = {}) {
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

  /** Calls back once after any number of changes in a turn. Returns the way to stop. */
  subscribe(listener: () => void): () => void {
    const own = (): void => listener();
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  changed(): void {
    if (this.#telling) return;
    this.#telling = true;
    queueMicrotask(() => {
      this.#telling = false;
      for (const listener of [...this.#listeners]) listener();
    });
  }

  open(record: OpenRecord): void {
    this.host.open(record);
  }

  openTicket(ticketId: string): void {
    this.open({ ticketId, contactId: this.host.ticket(ticketId).contactId });
  }

  /** A click on a number: the panel comes up with its form filled in. */
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

  /** The next page begins with the sample data. */
  forget(): void {
    this.#fresh = true;
    if (this.#session) clear(this.#session);
  }

  #agent() {
    const { teams, administrator } = this.preferences;
    return { ...sampleAgent, teams, canAdminister: administrator };
  }
}

/** One for each tab of the browser, until the visitor starts over: its CRM is its own. */
function accountOf(session: Stored | undefined, page: WorldOptions['page']): string | undefined {
  if (!session) return undefined;
  const known = readJson(session, accountKey);
  // A copy of a tab has its session, but not the name of its window.
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
