import { CrmError } from '../crm/crm-error.js';
import type {
  ContactQuery,
  CrmRecords,
  LookUpOptions,
  TicketQuery,
  TicketWrite,
  WriteKey,
  WriteResult,
} from '../crm/crm-host.js';
import type { Agent } from '../domain/agent.js';
import type { Contact, ContactDraft, FieldDefinition, Page } from '../domain/contact.js';
import { realTime, type Clock, type Timers } from '../environment/environment.js';
import { seededRandom } from '../environment/seeded-random.js';
import type { SettingsInput } from '../domain/settings.js';
import type { Ticket, TicketDraft } from '../domain/ticket.js';
import { makeContact, makeFields, makeTicket } from './creations.js';
import type { MemoryData } from './memory-data.js';
import { MemoryTables } from './memory-tables.js';
import { pageOf, type Ordered } from './paging.js';
import { sampleAgent, sampleData } from './sample-data.js';
import { foldedText } from './search-text.js';
import { applyWrite } from './ticket-writes.js';
import { noTrouble, FaultInjector, type Failure, type Operation, type Trouble } from './trouble.js';

export interface MemoryOptions {
  /**
   * The initial data [the sample data]. In partial data, missing contacts, tickets and comments are empty, and missing
   * agents, teams and fields are those of the sample data.
   */
  data?: Partial<MemoryData>;
  /** The user of the panel [the first agent of the data]. */
  agent?: Agent;
  settings?: SettingsInput;
  /** The seed of random failures [1]. */
  seed?: number;
  clock?: Clock;
  timers?: Timers;
  /** Milliseconds until each answer [0]. */
  latency?: number;
  /** The name of the CRM ['Embedded CRM']. */
  name?: string;
  /** The name of the CRM account in storage keys ['memory']. */
  account?: string;
  capabilities?: CrmRecords['capabilities'];
  uploadLimitBytes?: number;
  /** S17: the account's IANA time zone. */
  timeZone?: string;
  /** The prefix of the records' `url`, before `tickets/4711` or `contacts/2001`. Without it, records have no `url`. */
  baseUrl?: string;
}

/** The records of the embedded CRM: finds, creates and writes contacts and tickets in memory. */
export class MemoryRecords implements CrmRecords {
  readonly capabilities: CrmRecords['capabilities'];
  readonly uploadLimitBytes?: number;
  protected readonly store: MemoryTables;
  protected readonly faults: FaultInjector;
  protected readonly agent: Agent;
  protected settings: SettingsInput;
  readonly #timeZone: string | undefined;
  #clock: Clock;

  constructor({ data, agent, settings = {}, seed = 1, latency = 0, ...options }: MemoryOptions = {}) {
    const { clock, timers } = { ...realTime, ...options };
    const sample = sampleData(clock.now());
    const start = data ? { ...sample, contacts: [], tickets: [], comments: [], ...data } : sample;
    this.#clock = clock;
    this.agent = agent ?? start.agents[0] ?? sampleAgent;
    this.store = new MemoryTables(start, clock, options.baseUrl);
    if (!this.store.knowsAgent(this.agent.id)) this.store.agents.push(this.agent);
    this.settings = settings;
    this.faults = new FaultInjector(timers, seededRandom(seed));
    this.trouble = { latencyMs: latency };
    this.capabilities = options.capabilities ?? ['uploads', 'voice', 'merge', 'agents', 'authors'];
    this.#timeZone = options.timeZone;
    if (options.uploadLimitBytes !== undefined) this.uploadLimitBytes = options.uploadLimitBytes;
  }

  /** The faults from now on. An assignment replaces all faults: those that it leaves out end. */
  get trouble(): Trouble {
    return this.faults.now;
  }
  set trouble(trouble: Partial<Trouble>) {
    this.faults.now = { ...noTrouble, ...trouble };
  }

  /** Makes the next calls of an operation fail. With `lost`, a call takes effect, but its answer is lost. */
  failNext(operation: Operation | '*', failure: Failure | 'lost', times = 1): void {
    this.faults.next(operation, failure, times);
  }

  findContacts(query: ContactQuery, options: LookUpOptions = {}): Promise<Page<Contact>> {
    const country = this.settings.outbound?.defaultCountry ?? 'US';
    return this.faults.run(
      'findContacts',
      async () =>
        pageOf(this.#indexed(await this.store.contacts.find(query, country)), options, (entry) => entry.contact),
      options,
    );
  }

  getContact(id: string, options?: LookUpOptions): Promise<Contact | undefined> {
    return this.faults.run('getContact', () => this.store.contacts.get(id), options);
  }

  createContact(draft: ContactDraft, { key }: WriteKey): Promise<Contact> {
    const make = (): Contact => makeContact(this.store, draft, key, this.agent.id);
    return this.faults.run('createContact', make, { writes: true });
  }

  findTickets(query: TicketQuery, options: LookUpOptions = {}): Promise<Page<Ticket & { stamp?: string }>> {
    const find = (): Page<Ticket & { stamp?: string }> =>
      pageOf(this.#indexed(this.store.tickets.find(query)), options, ({ ticket, stamp }) => ({ ...ticket, stamp }));
    return this.faults.run('findTickets', find, options);
  }

  getTicket(id: string, options?: LookUpOptions): Promise<(Ticket & { stamp: string }) | undefined> {
    return this.faults.run('getTicket', () => this.store.tickets.get(id), options);
  }

  createTicket(draft: TicketDraft, { key }: WriteKey): Promise<Ticket & { stamp?: string }> {
    const make = (): Ticket & { stamp: string } => makeTicket(this.store, draft, key, this.agent.id);
    return this.faults.run('createTicket', make, { writes: true });
  }

  writeTickets(writes: readonly TicketWrite[]): Promise<readonly WriteResult[]> {
    const apply = (): readonly WriteResult[] => writes.map((write) => this.#write(write));
    return this.faults.run('writeTickets', apply, { writes: true });
  }

  getAccount(): Promise<{ timeZone?: string }> {
    return this.faults.run('getAccount', () => (this.#timeZone === undefined ? {} : { timeZone: this.#timeZone }));
  }

  listFields(): Promise<readonly FieldDefinition[]> {
    return this.faults.run('listFields', () => [...this.store.fields]);
  }

  createFields(fields: readonly FieldDefinition[]): Promise<readonly FieldDefinition[]> {
    return this.faults.run(
      'createFields',
      () => {
        if (!this.agent.canAdminister) throw new CrmError('forbidden', 'Only an administrator creates fields.');
        return makeFields(this.store, fields, this.agent.id);
      },
      { writes: true },
    );
  }

  findAgents({
    text,
    ids,
    email,
  }: {
    text?: string;
    ids?: readonly string[];
    email?: string;
  }): Promise<readonly Agent[]> {
    return this.faults.run('findAgents', () =>
      this.store.agents.filter(
        (agent) =>
          (ids === undefined || ids.includes(agent.id)) &&
          (email === undefined || foldedText(agent.email ?? '') === foldedText(email)) &&
          (!text || foldedText(`${agent.name} ${agent.email} ${agent.id}`).includes(foldedText(text.trim()))),
      ),
    );
  }

  listTeams(): Promise<readonly { id: string; name: string }[]> {
    return this.faults.run('listTeams', () => [...this.store.teams]);
  }

  #write(write: TicketWrite): WriteResult {
    const code = this.faults.drawForWrite();
    if (code === undefined) return applyWrite(this.store, write, this.agent.id, this.uploadLimitBytes);
    const { message, outcome, retryAfter } = this.faults.error(code);
    const reason = code === 'timeout' ? 'unavailable' : code;
    return { key: write.key, ok: false, outcome, reason, message, retryAfter };
  }

  /** The entries that are old enough to be in the search index. */
  #indexed<T extends Ordered & { contact?: Contact; ticket?: Ticket }>(entries: readonly T[]): readonly T[] {
    const { indexLagMs } = this.trouble;
    if (indexLagMs <= 0) return entries;
    const latest = new Date(this.#clock.now() - indexLagMs).toISOString();
    return entries.filter(({ contact, ticket }) => (contact ?? ticket)!.createdAt <= latest);
  }
}
