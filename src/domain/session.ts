import type { FieldValue, Iso } from './contact.js';

export type Channel =
  'ivr-call' | 'mobile-call' | 'web-call' | 'outbound-call' | 'internal-call' | 'mobile-chat' | 'web-chat';

/**
 * What the agent settled before the call. `enteredNumber` is true exactly when the contact exists
 * and none of its stored numbers is the one dialled. `despiteMatches` is true when the agent wanted a
 * new contact although some have the number already: such a contact is never shared with another call.
 */
export interface Association {
  contact: { id: string } | 'new';
  ticket: { id: string } | 'new' | 'none';
  enteredNumber: boolean;
  despiteMatches?: boolean;
}

/** What the agent chose for an inbound call whose number several contacts have (A10). */
export interface Choice {
  contact: { id: string } | 'new';
  ticket?: { id: string } | 'new';
}

/** What a session became in the CRM; kept by the platform. */
export interface SessionRecord {
  contactId?: string;
  ticketId?: string | 'none';
}

/** A call or a chat. Numbers are E.164; `platformNumber` is what the customer sees or dialled. */
export interface Session {
  id: string;
  parentId?: string;
  channel: Channel;
  direction: 'inbound' | 'outbound';
  /** Who has it now: the CRM's user id. */
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
}

/** S4: it was settled that it gets no ticket, by this agent or by one before. */
export const isWithoutTicket = ({ association, record }: Pick<Session, 'association' | 'record'>): boolean =>
  association?.ticket === 'none' || record?.ticketId === 'none';

export const isChat = ({ channel }: Pick<Session, 'channel'>): boolean =>
  channel === 'mobile-chat' || channel === 'web-chat';

/** Whole seconds. */
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
}

/** A code that sums up a call; at most five levels deep. */
export interface Disposition {
  code: string;
  label: string;
  children?: readonly Disposition[];
}
