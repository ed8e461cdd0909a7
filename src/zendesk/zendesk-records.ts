import type {
  ContactQuery,
  CrmRecords,
  LookUpOptions,
  TicketQuery,
  TicketWrite,
  WriteKey,
  WriteResult,
} from '../crm/crm-host.js';
import { StampGuard } from '../crm/http/stamp-guard.js';
import { steadyClock } from '../crm/http/steady-clock.js';
import type { Agent } from '../domain/agent.js';
import type { Contact, ContactDraft, FieldDefinition, Page } from '../domain/contact.js';
import { realTime, type Clock, type Timers } from '../environment/environment.js';
import type { Ticket, TicketDraft } from '../domain/ticket.js';
import { createUser } from './contact-creation.js';
import { ContactLookUps } from './contact-look-ups.js';
import { Fields } from './fields.js';
import { GroupMemberships } from './group-memberships.js';
import { MadeTickets, type SharedStorage } from './made-tickets.js';
import { RecentlyMade } from './recently-made.js';
import { Staff } from './staff.js';
import { createTicket } from './ticket-creation.js';
import { TicketLookUps } from './ticket-look-ups.js';
import { TicketReader } from './ticket-reader.js';
import { TicketWriter } from './ticket-writes.js';
import type { ZendeskTransport } from './transport.js';
import { ZendeskApi } from './zendesk-api.js';

/** Milliseconds after a stamp, from which on a write may rely on it: stamps count whole seconds. */
const stampMilliseconds = 2000;

export interface ZendeskRecordsOptions {
  clock?: Clock;
  timers?: Timers;
  /** A clock that is never set back. By default it is derived from `clock`. */
  steady?: Clock;
  /** The country of numbers that are stored without one; ISO 3166-1 alpha-2 ['US']. */
  defaultCountry?: string;
  /** The storage for the ids of new tickets that all pages of a browser share. Without it, a page finds only its own. */
  shared?: SharedStorage;
  /** The requests that an app may send in a minute for one agent. Without it, only Zendesk's responses set limits. */
  requestsPerMinute?: number;
}

/**
 * The records of Zendesk. Contacts are Zendesk's end users. In a browser its transport is the app framework, in Node it
 * is `fetchTransport`. A failing call rejects with a `CrmError`. No failed request is repeated here.
 */
export class ZendeskRecords implements CrmRecords {
  readonly capabilities: CrmRecords['capabilities'] = ['voice', 'merge', 'agents', 'authors'];
  /** The country of numbers that are stored without one. */
  defaultCountry: string;
  protected readonly api: ZendeskApi;
  readonly #contacts: ContactLookUps;
  readonly #tickets: TicketLookUps;
  readonly #writer: TicketWriter;
  readonly #fields: Fields;
  readonly #staff: Staff;
  readonly #newContacts: RecentlyMade<Contact>;
  readonly #newTickets: RecentlyMade<Ticket>;
  readonly #made: MadeTickets;
  /** Creations in progress, by key: two creations with the same key at once make one request. */
  readonly #inProgress = new Map<string, Promise<unknown>>();

  constructor(transport: ZendeskTransport, options: ZendeskRecordsOptions = {}) {
    const { clock, timers, defaultCountry = 'US', requestsPerMinute } = { ...realTime, ...options };
    this.defaultCountry = defaultCountry;
    const steady = options.steady ?? steadyClock(clock);
    const api = new ZendeskApi(transport, { clock, steady, timers, requestsPerMinute });
    const groups = new GroupMemberships(api);
    const reader = new TicketReader(api);
    this.api = api;
    this.#newContacts = new RecentlyMade(steady);
    this.#newTickets = new RecentlyMade(steady);
    this.#contacts = new ContactLookUps(api, this.#newContacts, () => this.defaultCountry);
    this.#made = new MadeTickets(clock, options.shared, transport.origin);
    this.#tickets = new TicketLookUps({ api, reader, recent: this.#newTickets, made: this.#made, groups });
    const panelOwner = () => this.panelOwner();
    const guard = new StampGuard({ clock: steady, server: api.serverClock, milliseconds: stampMilliseconds });
    this.#writer = new TicketWriter({ api, groups, reader, guard, panelOwner });
    this.#fields = new Fields(api);
    this.#staff = new Staff(api, groups);
  }

  findContacts(query: ContactQuery, options?: LookUpOptions): Promise<Page<Contact>> {
    return this.#contacts.find(query, options);
  }

  getContact(id: string, options?: LookUpOptions): Promise<Contact | undefined> {
    return this.#contacts.get(id, options);
  }

  createContact(draft: ContactDraft, write: WriteKey): Promise<Contact> {
    return this.#once(`contact ${write.key}`, async () => {
      const contact = await createUser(this.api, draft, write, () => this.#fields.hasIdentifier());
      this.#newContacts.add(contact);
      return contact;
    });
  }

  findTickets(query: TicketQuery, options?: LookUpOptions): Promise<Page<Ticket & { stamp?: string }>> {
    return this.#tickets.find(query, options);
  }

  getTicket(id: string, options?: LookUpOptions): Promise<(Ticket & { stamp: string }) | undefined> {
    return this.#tickets.get(id, options);
  }

  createTicket(draft: TicketDraft, write: WriteKey): Promise<Ticket & { stamp: string }> {
    return this.#once(`ticket ${write.key}`, async () => {
      const { stamp, ...ticket } = await createTicket(this.api, draft, write, () => this.panelOwner());
      this.#newTickets.add(ticket);
      this.#made.add(ticket);
      return { ...ticket, stamp };
    });
  }

  writeTickets(writes: readonly TicketWrite[]): Promise<readonly WriteResult[]> {
    return this.#writer.write(writes);
  }

  listFields(): Promise<readonly FieldDefinition[]> {
    return this.#fields.list();
  }

  createFields(fields: readonly FieldDefinition[]): Promise<readonly FieldDefinition[]> {
    return this.#fields.create(fields);
  }

  findAgents(query: { text?: string; ids?: readonly string[]; email?: string }): Promise<readonly Agent[]> {
    return this.#staff.find(query);
  }

  /** S17: the signed-in user's time zone, which is the account's unless the user has changed it. */
  async getAccount(): Promise<{ timeZone?: string; locale?: string }> {
    const { user } = await this.api.get<{ user?: { iana_time_zone?: unknown; locale?: unknown } }>(
      '/api/v2/users/me.json',
      { priority: 'background' },
    );
    const { iana_time_zone: timeZone, locale } = user ?? {};
    return {
      ...(typeof timeZone === 'string' && { timeZone }),
      ...(typeof locale === 'string' && { locale }),
    };
  }

  listTeams(): Promise<readonly { id: string; name: string }[]> {
    return this.#staff.teams();
  }

  /** R11: the name of the agent whose panel keeps the files that Zendesk does not accept. A server has no panel. */
  protected panelOwner(): Promise<string | undefined> {
    return Promise.resolve(undefined);
  }

  #once<T>(name: string, make: () => Promise<T>): Promise<T> {
    const inProgress = this.#inProgress.get(name) as Promise<T> | undefined;
    if (inProgress) return inProgress;
    const creation = make().finally(() => this.#inProgress.delete(name));
    this.#inProgress.set(name, creation);
    return creation;
  }
}
