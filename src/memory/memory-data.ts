import type { Agent } from '../domain/agent.js';
import type { Contact, FieldDefinition, FieldValue, Iso } from '../domain/contact.js';
import type { Attachment, Recording } from '../domain/session.js';
import type { Ticket } from '../domain/ticket.js';

/** A contact to begin with; what is missing is empty, `createdAt` is now. */
export type ContactSeed = Pick<Contact, 'id' | 'name'> & Partial<Contact>;

/** A ticket to begin with; what is missing: status open, no fields, created and updated now. */
export type TicketSeed = Pick<Ticket, 'id' | 'contactId'> & Partial<Ticket>;

/** A comment to begin with; `public` is false and `createdAt` now where missing. */
export interface CommentSeed {
  ticketId: string;
  body: string;
  public?: boolean;
  /** An agent, or a contact where the customer wrote it. */
  authorId?: string;
  createdAt?: Iso;
}

/** What the embedded CRM holds at the start. */
export interface MemoryData {
  contacts: readonly ContactSeed[];
  tickets: readonly TicketSeed[];
  comments: readonly CommentSeed[];
  agents: readonly Agent[];
  teams: readonly { id: string; name: string }[];
  fields: readonly FieldDefinition[];
}

/** A comment as the embedded CRM keeps it. */
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

/** One applied change, refused write or screen pop: the truth that a test compares with what was promised. */
export interface AuditEntry {
  at: Iso;
  /** The user's id. */
  who: string;
  what: AuditKind;
  /** The write's key; a key that was already applied leaves no second entry. */
  key?: string;
  contactId?: string;
  ticketId?: string;
  comment?: MemoryComment;
  /** Field ids, `status`, `assigneeId`, …, and their new values. */
  changes?: Readonly<Record<string, FieldValue | readonly string[] | undefined>>;
  /** Of a refused write. */
  reason?: string;
  message?: string;
}
