import type { FieldValue, Iso } from './contact.js';
import type { Attachment, Channel, Recording } from './session.js';

export type TicketStatus = 'new' | 'open' | 'pending' | 'hold' | 'solved' | 'closed';

/** The session that made a ticket. A host stores it and returns it from every read. */
export interface TicketOrigin {
  sessionId: string;
  channel: Channel;
  queueId?: string;
  voicemail?: boolean;
}

/** A ticket of the CRM. The keys of `fields` are `FieldDefinition.id`s. */
export interface Ticket {
  id: string;
  subject: string;
  status: TicketStatus;
  contactId: string;
  assigneeId?: string;
  createdAt: Iso;
  updatedAt: Iso;
  url?: string;
  origin?: TicketOrigin;
  fields: Readonly<Record<string, FieldValue>>;
  mergedInto?: string;
}

/** An internal comment. */
export interface Comment {
  body: string;
  public: false;
  authorId?: string;
  recording?: Recording;
  attachments?: readonly Attachment[];
}

/** The data of a ticket to create. */
export interface TicketDraft {
  contactId: string;
  subject: string;
  comment: Comment;
  assigneeId?: string;
  status?: TicketStatus;
  fields?: Record<string, FieldValue>;
  origin: TicketOrigin;
  followUpOf?: string;
}

/** Whether sessions can join the ticket. Solved and Closed tickets are not live. */
export const isLive = ({ status }: Pick<Ticket, 'status'>): boolean => status !== 'solved' && status !== 'closed';

/** Sorts tickets: last updated first. */
export const newestFirst = (a: Ticket, b: Ticket): number =>
  a.updatedAt < b.updatedAt ? 1 : a.updatedAt > b.updatedAt ? -1 : 0;
