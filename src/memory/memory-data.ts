import type { Agent } from '../domain/agent.js';
import type { Contact, FieldDefinition, FieldValue, Iso } from '../domain/contact.js';
import type { Attachment, Recording } from '../domain/session.js';
import type { Ticket } from '../domain/ticket.js';

/** A contact in the initial data. Defaults: no phone numbers, created now. */
export type ContactSeed = Pick<Contact, 'id' | 'name'> & Partial<Contact>;

/** A ticket in the initial data. Defaults: open, no field values, created and updated now. */
export type TicketSeed = Pick<Ticket, 'id' | 'contactId'> & Partial<Ticket>;

/** A comment in the initial data. Defaults: not public, created now. */
export interface CommentSeed {
  ticketId: string;
  body: string;
  public?: boolean;
  /** The id of the agent or contact who wrote the comment. */
  authorId?: string;
  createdAt?: Iso;
}

/** The initial data of the embedded CRM. */
export interface MemoryData {
  contacts: readonly ContactSeed[];
  tickets: readonly TicketSeed[];
  comments: readonly CommentSeed[];
  agents: readonly Agent[];
  teams: readonly { id: string; name: string }[];
  fields: readonly FieldDefinition[];
}

/** A comment in the embedded CRM. */
export interface MemoryComment {
  id: string;
  ticketId: string;
  body: string;
  public: boolean;
  authorId?: string;
  createdAt: Iso;
  recording?: Recording;
  attachments?: readonly Attachment[];
}

export type AuditKind =
  | 'contact.created'
  | 'contact.edited'
  | 'contact.merged'
  | 'contact.deleted'
  | 'ticket.created'
  | 'ticket.updated'
  | 'ticket.merged'
  | 'write.refused'
  | 'fields.created'
  | 'settings.saved'
  | 'ticket.opened'
  | 'contact.opened';

/** An entry of the audit log: an applied change, a refused write or a screen pop. */
export interface AuditEntry {
  at: Iso;
  /** The id of the user who made the change or opened the record. */
  who: string;
  what: AuditKind;
  /** The write's key. A repeated write adds no second entry. */
  key?: string;
  contactId?: string;
  ticketId?: string;
  comment?: MemoryComment;
  /** The new values, by field id or by the name of a property (`status`, `assigneeId`, …). */
  changes?: Readonly<Record<string, FieldValue | readonly string[] | undefined>>;
  /** Why the write was refused. */
  reason?: string;
  message?: string;
}
