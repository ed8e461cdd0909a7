import type { FieldValue, Iso } from './contact.js';

export type Channel =
  'ivr-call' | 'mobile-call' | 'web-call' | 'outbound-call' | 'internal-call' | 'mobile-chat' | 'web-chat';

/**
 * The contact and ticket that the agent settled on before the call. `enteredNumber`: the contact exists and none of its
 * stored numbers is the dialled one. `despiteMatches`: the agent wanted a new contact although existing ones have the
 * number. Such a contact is never shared with another call.
 */
export interface Association {
  contact: { id: string } | 'new';
  ticket: { id: string } | 'new' | 'none';
  enteredNumber: boolean;
  despiteMatches?: boolean;
}

/** The agent's choice for an inbound call whose number several contacts have (A10). */
export interface Choice {
  contact: { id: string } | 'new';
  ticket?: { id: string } | 'new';
}

/** The contact and ticket of a session in the CRM. The platform keeps it. */
export interface SessionRecord {
  /** R35: the number of corrections so far. Absent: the record is the first. */
  correction?: number;
  contactId?: string;
  ticketId?: string | 'none';
}

/** A call or a chat. Numbers are E.164. `platformNumber` is the number that the customer sees or dialled. */
export interface Session {
  id: string;
  parentId?: string;
  channel: Channel;
  direction: 'inbound' | 'outbound';
  /** The agent who has the session now: the CRM's user id. */
  agentId?: string;
  customerNumber?: string;
  extension?: string;
  platformNumber?: string;
  anonymous?: boolean;
  blocked?: boolean;
  voicemail?: boolean;
  language?: string;
  queue?: { id: string; path: readonly string[] };
  customer?: {
    identifier?: string;
    name?: string;
    email?: string;
    phone?: string;
    authenticated: boolean;
    web?: Readonly<Record<string, FieldValue>>;
  };
  customData?: Readonly<Record<string, FieldValue>>;
  association?: Association;
  record?: SessionRecord;
  /** A15: where a chat's conversation can be opened, for a platform whose messages the panel does not show. */
  conversationUrl?: string;
}

/** S4: whether this agent or an earlier one chose that the session gets no ticket. */
export const isWithoutTicket = ({ association, record }: Pick<Session, 'association' | 'record'>): boolean =>
  association?.ticket === 'none' || record?.ticketId === 'none';

export const isChat = ({ channel }: Pick<Session, 'channel'>): boolean =>
  channel === 'mobile-chat' || channel === 'web-chat';

/** Durations in whole seconds. */
export interface Durations {
  total: number;
  talk: number;
  hold: number;
  wait: number;
}

export interface Recording {
  url?: string;
  file?: Blob;
  startedAt: Iso;
  durationSeconds: number;
  part: number;
  parts: number;
  from?: string;
  to?: string;
  transcript?: string;
}

export interface Attachment {
  name: string;
  type: string;
  url?: string;
  file?: Blob;
  /** Bytes. Absent if unknown. */
  size?: number;
}

/**
 * A15: a message of a chat. A message with a known `id` replaces the earlier one, for example with a redacted text.
 * `key`: the key of `sendMessage`, on the agent's own messages.
 */
export interface ChatMessage {
  id: string;
  key?: string;
  at: Iso;
  from: 'customer' | 'agent' | 'system';
  name?: string;
  text?: string;
  attachments?: readonly Attachment[];
}

/** A code for the result of a call. The tree has at most five levels. */
export interface Disposition {
  code: string;
  label: string;
  children?: readonly Disposition[];
}
