import { CrmError } from '../crm/crm-error.js';
import type { CrmHost, CrmShell } from '../crm/crm-host.js';
import type { Agent } from '../domain/agent.js';
import type { Contact, FieldDefinition, FieldValue } from '../domain/contact.js';
import type { DialRequest } from '../domain/dial.js';
import type { Settings, SettingsInput } from '../domain/settings.js';
import type { Ticket, TicketStatus } from '../domain/ticket.js';
import type { AuditEntry, MemoryComment } from './memory-data.js';
import { MemoryRecords, type MemoryOptions } from './memory-records.js';
import {
  assignTicket,
  commentTicket,
  deleteContact,
  editContact,
  editTicket,
  existingContact,
  existingTicket,
  mergeContacts,
  mergeTickets,
} from './user-actions.js';

/** The record that the user has open in the CRM. */
export type OpenRecord = { ticketId?: string; contactId?: string };

/**
 * The embedded CRM in memory. Besides the port's methods it has methods for a page that shows the CRM's data, and for
 * what users do in the CRM.
 */
export class MemoryHost extends MemoryRecords implements CrmHost {
  readonly name: string;
  readonly account: string;
  readonly volatile: boolean = true;
  /** The page sets it if it can show and hide the panel. */
  panel?: CrmShell['panel'];
  #context: OpenRecord = {};
  /** The requests before the first listener. */
  #undelivered: DialRequest[] = [];
  #dialListeners = new Set<(request: DialRequest) => void>();
  #settingsListeners = new Set<(settings: SettingsInput) => void>();
  #contextListeners = new Set<(context: OpenRecord) => void>();
  #notices: { message: string; level: 'info' | 'warning' | 'error' }[] = [];

  constructor(options: MemoryOptions = {}) {
    super(options);
    this.name = options.name ?? 'Embedded CRM';
    this.account = options.account ?? 'memory';
  }

  // The CRM shell.

  getAgent(): Promise<Agent> {
    return this.faults.run('getAgent', () => this.agent);
  }

  getSettings(): Promise<SettingsInput> {
    return this.faults.run('getSettings', () => structuredClone(this.settings));
  }

  saveSettings(settings: Settings): Promise<void> {
    return this.faults.run(
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
    return this.faults.run('openTicket', () => {
      const ticket = this.ticket(id);
      this.store.log({ who: this.agent.id, what: 'ticket.opened', ticketId: id });
      this.open({ ticketId: id, contactId: ticket.contactId });
    });
  }

  openContact(id: string): Promise<void> {
    return this.faults.run('openContact', () => {
      this.contact(id);
      this.store.log({ who: this.agent.id, what: 'contact.opened', contactId: id });
      this.open({ contactId: id });
    });
  }

  onDial(listener: (request: DialRequest) => void): () => void {
    const stop = listen(this.#dialListeners, listener);
    for (const request of this.#undelivered.splice(0)) listener(request);
    return stop;
  }

  onSettingsChange(listener: (settings: SettingsInput) => void): () => void {
    return listen(this.#settingsListeners, listener);
  }

  onContext(listener: (context: OpenRecord) => void): () => void {
    return listen(this.#contextListeners, listener);
  }

  signIn(): Promise<void> {
    this.faults.signedOut = false;
    this.store.changed();
    return Promise.resolve();
  }

  notify(message: string, level: 'info' | 'warning' | 'error'): void {
    this.#notices.push({ message, level });
    this.store.changed();
  }

  // For a page that shows the CRM's data.

  /** Calls `listener` after every change of the CRM. Returns a function that removes it. */
  subscribe(listener: () => void): () => void {
    return this.store.subscribe(listener);
  }

  /** The most recently created first. */
  contacts(): readonly Contact[] {
    return this.store.contacts.all().map(({ contact }) => contact);
  }

  /** The last updated first. */
  tickets(): readonly Ticket[] {
    return this.store.tickets.all().map(({ ticket }) => ticket);
  }

  /** Throws `not-found`. */
  contact(id: string): Contact {
    return existingContact(this.store, id);
  }

  /** Throws `not-found`. */
  ticket(id: string): Ticket & { stamp: string } {
    return existingTicket(this.store, id);
  }

  /** The oldest first. */
  comments(ticketId: string): readonly MemoryComment[] {
    return this.store.commentsOf(ticketId);
  }

  get agents(): readonly Agent[] {
    return this.store.agents;
  }

  get fields(): readonly FieldDefinition[] {
    return this.store.fields;
  }

  get auditLog(): readonly AuditEntry[] {
    return this.store.audit;
  }

  get context(): OpenRecord {
    return this.#context;
  }

  get currentSettings(): SettingsInput {
    return this.settings;
  }

  get signedIn(): boolean {
    return !this.faults.signedOut;
  }

  get notices(): readonly { message: string; level: 'info' | 'warning' | 'error' }[] {
    return this.#notices;
  }

  // What users do in the CRM. `by` is the user's id.

  /** Merges ticket `from` into `into`, and closes `from`. */
  merge(from: string, into: string, by = this.agent.id): void {
    mergeTickets(this.store, from, into, by);
  }

  setStatus(ticketId: string, status: TicketStatus, by = this.agent.id): void {
    editTicket(this.store, ticketId, { status }, by, { status });
  }

  assign(ticketId: string, assigneeId: string, by = this.agent.id): void {
    assignTicket(this.store, ticketId, assigneeId, by);
  }

  setFields(ticketId: string, fields: Readonly<Record<string, FieldValue>>, by = this.agent.id): void {
    editTicket(this.store, ticketId, { fields: { ...this.ticket(ticketId).fields, ...fields } }, by, fields);
  }

  addComment(ticketId: string, comment: { body: string; public?: boolean }, by = this.agent.id): MemoryComment {
    return commentTicket(this.store, ticketId, comment, by);
  }

  editContact(id: string, changes: Partial<Omit<Contact, 'id' | 'createdAt'>>, by = this.agent.id): Contact {
    return editContact(this.store, id, changes, by);
  }

  /** Merges contact `from` into `into`, with its numbers and tickets. */
  mergeContacts(from: string, into: string, by = this.agent.id): void {
    mergeContacts(this.store, from, into, by);
  }

  /** Throws `invalid` if the contact has a ticket that is not closed. */
  deleteContact(id: string, by = this.agent.id): void {
    deleteContact(this.store, id, by);
  }

  /** The user clicks a number in the CRM. A request before the first listener is queued for it. */
  requestDial(request: DialRequest): void {
    if (this.#dialListeners.size === 0) this.#undelivered.push(request);
    for (const listener of [...this.#dialListeners]) listener(request);
  }

  /** The user opens a record. `{}` closes the open record. */
  open(context: OpenRecord): void {
    this.#context = context;
    for (const listener of [...this.#contextListeners]) listener(context);
    this.store.changed();
  }

  /** An administrator changes the settings in another browser. */
  setSettings(settings: SettingsInput): void {
    this.settings = structuredClone(settings);
    for (const listener of [...this.#settingsListeners]) listener(structuredClone(settings));
    this.store.changed();
  }

  /** The CRM signs the user out: it refuses all requests as `unauthorized` until `signIn()`. */
  signOut(): void {
    this.faults.signedOut = true;
    this.store.changed();
  }
}

function listen<T>(listeners: Set<(value: T) => void>, listener: (value: T) => void): () => void {
  const own = (value: T): void => listener(value);
  listeners.add(own);
  return () => void listeners.delete(own);
}
