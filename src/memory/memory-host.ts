import { CrmError } from '../crm/crm-error.js';
import type { CrmHost, CrmShell } from '../crm/crm-host.js';
import type { Agent } from '../domain/agent.js';
import type { Contact, FieldDefinition, FieldValue } from '../domain/contact.js';
import type { DialRequest } from '../domain/dial.js';
import type { Settings, SettingsInput } from '../domain/settings.js';
import type { Ticket, TicketStatus } from '../domain/ticket.js';
import { statusWhenAssigned } from './creations.js';
import type { AuditEntry, MemoryComment } from './memory-data.js';
import { MemoryRecords, type MemoryOptions } from './memory-records.js';

/** What the person has open in the CRM. */
export type OpenRecord = { ticketId?: string; contactId?: string };

/** The embedded CRM: records and shell in memory, and what the people who work in it do. */
export class MemoryHost extends MemoryRecords implements CrmHost {
  readonly name: string;
  readonly account: string;
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

  // What a CRM shell gives.

  getAgent(): Promise<Agent> {
    return this.troubles.run('getAgent', () => this.agent);
  }

  getSettings(): Promise<SettingsInput> {
    return this.troubles.run('getSettings', () => structuredClone(this.settings));
  }

  saveSettings(settings: Settings): Promise<void> {
    return this.troubles.run(
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
    return this.troubles.run('openTicket', () => {
      const ticket = this.ticket(id);
      this.store.log({ who: this.agent.id, what: 'ticket.opened', ticketId: id });
      this.open({ ticketId: id, contactId: ticket.contactId });
    });
  }

  openContact(id: string): Promise<void> {
    return this.troubles.run('openContact', () => {
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
    this.troubles.signedOut = false;
    this.store.changed();
    return Promise.resolve();
  }

  notify(message: string, level: 'info' | 'warning' | 'error'): void {
    this.#notices.push({ message, level });
    this.store.changed();
  }

  // What a page that shows this CRM needs.

  /** Calls back after every change of anything. Returns the way to stop. */
  subscribe(listener: () => void): () => void {
    return this.store.subscribe(listener);
  }

  /** Most recently created first. */
  contacts(): readonly Contact[] {
    return this.store.contacts.all().map(({ contact }) => contact);
  }

  /** Last updated first. */
  tickets(): readonly Ticket[] {
    return this.store.tickets.all().map(({ ticket }) => ticket);
  }

  /** Throws `not-found`. */
  contact(id: string): Contact {
    return this.store.contacts.get(id) ?? missing('contact', id);
  }

  /** Throws `not-found`. */
  ticket(id: string): Ticket & { stamp: string } {
    return this.store.tickets.get(id) ?? missing('ticket', id);
  }

  /** The first one first. */
  comments(ticketId: string): readonly MemoryComment[] {
    return this.store.commentsOf(ticketId);
  }

  get agents(): readonly Agent[] {
    return this.store.agents;
  }

  get fields(): readonly FieldDefinition[] {
    return this.store.fields;
  }

  get context(): OpenRecord {
    return this.#context;
  }

  get currentSettings(): SettingsInput {
    return this.settings;
  }

  get signedIn(): boolean {
    return !this.troubles.signedOut;
  }

  get notices(): readonly { message: string; level: 'info' | 'warning' | 'error' }[] {
    return this.#notices;
  }

  get auditLog(): readonly AuditEntry[] {
    return this.store.audit;
  }

  /** A click on a number in the CRM. Kept while nobody listens. */
  requestDial(request: DialRequest): void {
    if (this.#dialListeners.size === 0) this.#waiting.push(request);
    for (const listener of [...this.#dialListeners]) listener(request);
  }

  /** The person opens a record, or with `{}` closes what is open. */
  open(context: OpenRecord): void {
    this.#context = context;
    for (const listener of [...this.#contextListeners]) listener(context);
    this.store.changed();
  }

  /** An administrator changes the installation's settings elsewhere. */
  setSettings(settings: SettingsInput): void {
    this.settings = structuredClone(settings);
    for (const listener of [...this.#settingsListeners]) listener(structuredClone(settings));
    this.store.changed();
  }

  /** The CRM's session has expired: everything is refused as `unauthorized` until `signIn()`. */
  signOut(): void {
    this.troubles.signedOut = true;
    this.store.changed();
  }

  // What people do in the CRM. `by` is a user's id.

  /** Merges ticket `from` into `into` and closes it. */
  merge(from: string, into: string, by = this.agent.id): void {
    const merged = this.#editable(from);
    if (from === into || this.ticket(into).status === 'closed')
      throw new CrmError('invalid', `Ticket ${from} cannot be merged into ${into}.`);
    this.store.comment(into, { body: `Ticket #${from} was merged into this one.`, public: false, authorId: by });
    this.store.comment(from, { body: `This ticket was merged into #${into}.`, public: false, authorId: by });
    this.store.putTicket({ ...merged, status: 'closed', mergedInto: into });
    this.store.putTicket(withoutStamp(this.ticket(into)));
    this.store.log({ who: by, what: 'ticket.merged', ticketId: from, changes: { mergedInto: into } });
  }

  setStatus(ticketId: string, status: TicketStatus, by = this.agent.id): void {
    this.#edit(ticketId, { status }, by, { status });
  }

  assign(ticketId: string, assigneeId: string, by = this.agent.id): void {
    if (!this.store.knowsAgent(assigneeId)) throw new CrmError('invalid', `There is no user ${assigneeId}.`);
    const status = statusWhenAssigned(this.ticket(ticketId).status, assigneeId);
    this.#edit(ticketId, { assigneeId, status }, by, { assigneeId, status });
  }

  setFields(ticketId: string, fields: Readonly<Record<string, FieldValue>>, by = this.agent.id): void {
    this.#edit(ticketId, { fields: { ...this.ticket(ticketId).fields, ...fields } }, by, fields);
  }

  addComment(ticketId: string, comment: { body: string; public?: boolean }, by = this.agent.id): MemoryComment {
    const ticket = this.#editable(ticketId);
    const kept = this.store.comment(ticketId, { body: comment.body, public: comment.public ?? false, authorId: by });
    this.store.putTicket(ticket);
    this.store.log({ who: by, what: 'ticket.updated', ticketId, comment: kept });
    return kept;
  }

  editContact(id: string, changes: Partial<Omit<Contact, 'id' | 'createdAt'>>, by = this.agent.id): Contact {
    const contact = this.store.putContact({ ...this.contact(id), ...changes });
    this.store.log({ who: by, what: 'contact.edited', contactId: id, changes });
    return contact;
  }

  #edit(ticketId: string, edit: Partial<Ticket>, who: string, changes: AuditEntry['changes']): void {
    this.store.putTicket({ ...this.#editable(ticketId), ...edit });
    this.store.log({ who, what: 'ticket.updated', ticketId, ...(changes && { changes }) });
  }

  #editable(ticketId: string): Ticket {
    const ticket = this.ticket(ticketId);
    if (ticket.status === 'closed') throw new CrmError('invalid', `Ticket ${ticketId} is closed.`);
    return withoutStamp(ticket);
  }
}

function withoutStamp({ stamp: _, ...ticket }: Ticket & { stamp: string }): Ticket {
  return ticket;
}

function listen<T>(listeners: Set<(value: T) => void>, listener: (value: T) => void): () => void {
  const own = (value: T): void => listener(value);
  listeners.add(own);
  return () => void listeners.delete(own);
}

function missing(what: string, id: string): never {
  throw new CrmError('not-found', `There is no ${what} ${id}.`);
}
