import type { Agent } from '../domain/agent.js';
import type { Contact, FieldDefinition, FieldValue, Iso } from '../domain/contact.js';
import type { Attachment, Recording } from '../domain/session.js';
import type { Ticket } from '../domain/ticket.js';

/** A contact in the initial data. `phoneNumbers` is empty by default, `createdAt` is now. */
export type ContactSeed = Pick<Contact, 'id' | 'name'> & Partial<Contact>;

/** A ticket in the initial data. By default it is open, has no field values, and was created and updated now. */
export type TicketSeed = Pick<Ticket, 'id' | 'contactId'> & Partial<Ticket>;

/** A comment in the initial data. `public` is false by default, `createdAt` is now. */
export interface CommentSeed {
  ticketId: string;
  body: string;
  public?: boolean;
  /** The id of an agent, or of the contact who wrote it. */
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

/** An applied change, a refused write or a screen pop. Tests compare these with the expected effects. */
export interface AuditEntry {
  at: Iso;
  /** The id of the user who did it. */
  who: string;
  what: AuditKind;
  /** The write's key. A key that was already applied adds no second entry. */
  key?: string;
  contactId?: string;
  ticketId?: string;
  comment?: MemoryComment;
  /** The new values by field id, `status`, `assigneeId`, …. */
  changes?: Readonly<Record<string, FieldValue | readonly string[] | undefined>>;
  /** The reason of a refused write. */
  reason?: string;
  message?: string;
}
