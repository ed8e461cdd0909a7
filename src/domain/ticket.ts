import type { FieldValue, Iso } from './contact.js';
import { oneLine } from './one-line.js';
import type { Attachment, Channel, Recording } from './session.js';

export type TicketStatus = 'new' | 'open' | 'pending' | 'hold' | 'solved' | 'closed';

/** The session that made a ticket. A host stores it and returns it from every read. */
export interface TicketOrigin {
  sessionId: string;
  /** R35: the correction with which the session made the ticket. Of several tickets of a session, the highest counts. */
  correction?: number;
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

/**
 * The words that the outbox and hosts add to a comment, in the comment's language. They fill in the words in braces
 * (R31, R32).
 */
export interface CommentWords {
  /** For a comment that is written late: what the headline says then. No braces. */
  late?: string;
  /** `{part}` of `{parts}`: one of several files. */
  part?: string;
  /** The first line of a follow-up of `{ticket}`. */
  followUp?: string;
  /** Where a `{file}` is that the `{crm}` cannot take: at the panel of `{agent}`. */
  kept?: string;
  /** The last line of a part of a long text, and the first line of the part after it. No braces. */
  cut?: string;
  continued?: string;
  /** Where a `{file}` is that only the platform has. */
  elsewhere?: string;
}

/** An internal comment. Hosts write `body`, then `foot` as the last line. They add their own lines only above `foot`. */
export interface Comment {
  body: string;
  /** R32: the last line, for machines and search: `call_finished · 101-mx33qaoq-1`. */
  foot?: string;
  words?: CommentWords;
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

/** R32: the last line of a comment about a session. `word`: what the comment is about, the same in every language. */
export const footText = (word: string, sessionId: string): string => `${word} · ${oneLine(sessionId)}`;

/** The text of a comment as the CRM shows it. */
export const commentText = ({ body, foot }: Pick<Comment, 'body' | 'foot'>): string =>
  foot === undefined ? body : `${body}\n${foot}`;

/** The longest text of a comment, in bytes of UTF-8. Zendesk takes 64 kB, and hosts may add lines. */
export const longestText = 60_000;

/** The bytes of a comment's text in UTF-8. */
export const bytesOf = (comment: Pick<Comment, 'body' | 'foot'>): number =>
  new TextEncoder().encode(commentText(comment)).length;

/** Whether sessions can join the ticket. Solved and Closed tickets are not live. */
export const isLive = ({ status }: Pick<Ticket, 'status'>): boolean => status !== 'solved' && status !== 'closed';

/** Sorts tickets: last updated first. */
export const newestFirst = (a: Ticket, b: Ticket): number =>
  a.updatedAt < b.updatedAt ? 1 : a.updatedAt > b.updatedAt ? -1 : 0;
