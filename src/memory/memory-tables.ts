import type { Agent } from '../domain/agent.js';
import type { Contact, FieldDefinition } from '../domain/contact.js';
import type { Clock } from '../environment/environment.js';
import { commentText, type Comment, type Ticket } from '../domain/ticket.js';
import { ContactIndex } from './contact-index.js';
import type { AuditEntry, MemoryComment, MemoryData } from './memory-data.js';
import { TicketIndex } from './ticket-index.js';

/** The data of the embedded CRM, its audit log, and the listeners for changes. */
export class MemoryTables {
  readonly contacts = new ContactIndex();
  readonly tickets = new TicketIndex();
  readonly agents: Agent[];
  readonly teams: readonly { id: string; name: string }[];
  readonly fields: FieldDefinition[];
  readonly audit: AuditEntry[] = [];
  /** By the key of an applied write: the id of the contact or ticket that it created or changed. */
  readonly applied = new Map<string, string>();
  #clock: Clock;
  #baseUrl: string | undefined;
  #comments = new Map<string, readonly MemoryComment[]>();
  #listeners = new Set<() => void>();
  #lastIds = { contacts: 0, tickets: 0, fields: 0 };

  constructor(data: MemoryData, clock: Clock, baseUrl?: string) {
    this.#clock = clock;
    this.#baseUrl = baseUrl;
    this.agents = [...data.agents];
    this.teams = data.teams;
    this.fields = [...data.fields];
    const now = this.now();
    for (const seed of data.contacts)
      this.putContact({ ...seed, phoneNumbers: seed.phoneNumbers ?? [], createdAt: seed.createdAt ?? now });
    for (const kind of ['contacts', 'tickets', 'fields'] as const) {
      const ids = data[kind].map(({ id }) => Number(id)).filter(Number.isSafeInteger);
      this.#lastIds[kind] = ids.reduce((a, b) => Math.max(a, b), 1000);
    }
    for (const seed of [...data.tickets].reverse()) {
      const createdAt = seed.createdAt ?? seed.updatedAt ?? now;
      const { subject = `Ticket ${seed.id}`, status = 'open', fields = {}, updatedAt = createdAt } = seed;
      this.tickets.put({ ...this.#url('tickets', seed.id), ...seed, subject, status, fields, createdAt, updatedAt });
    }
    for (const seed of data.comments)
      this.comment(seed.ticketId, { ...seed, public: seed.public ?? false, createdAt: seed.createdAt ?? now });
  }

  now(): string {
    return new Date(this.#clock.now()).toISOString();
  }

  newId(of: 'contacts' | 'tickets' | 'fields'): string {
    return String(++this.#lastIds[of]);
  }

  commentsOf(ticketId: string): readonly MemoryComment[] {
    return this.#comments.get(ticketId) ?? [];
  }

  /** Adds a comment to a ticket. The ticket's `updatedAt` and stamp stay the same. */
  comment(ticketId: string, comment: Omit<Comment, 'public'> & { public: boolean; createdAt?: string }): MemoryComment {
    const { authorId, recording, attachments, createdAt = this.now() } = comment;
    const earlier = this.commentsOf(ticketId);
    const added: MemoryComment = Object.freeze({
      id: `${ticketId}-${earlier.length + 1}`,
      ticketId,
      body: commentText(comment),
      public: comment.public,
      createdAt,
      authorId,
      recording,
      attachments: attachments?.length ? attachments : undefined,
    });
    this.#comments.set(ticketId, [...earlier, added]);
    return added;
  }

  putTicket(ticket: Ticket): Ticket & { stamp: string } {
    return this.tickets.put({ ...this.#url('tickets', ticket.id), ...ticket, updatedAt: this.now() });
  }

  putContact(contact: Contact): Contact {
    return this.contacts.put({ ...this.#url('contacts', contact.id), ...contact });
  }

  knowsAgent(id: string): boolean {
    return this.agents.some((agent) => agent.id === id);
  }

  /** Adds an entry to the audit log, and calls the listeners. */
  log(entry: Omit<AuditEntry, 'at'>): void {
    this.audit.push(Object.freeze({ at: this.now(), ...entry }));
    this.changed();
  }

  changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  subscribe(listener: () => void): () => void {
    const own = (): void => listener();
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  #url(kind: 'contacts' | 'tickets', id: string): { url?: string } {
    return this.#baseUrl === undefined ? {} : { url: `${this.#baseUrl}${kind}/${id}` };
  }
}
