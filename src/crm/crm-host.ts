import type { Agent } from '../domain/agent.js';
import type { Contact, ContactDraft, FieldDefinition, FieldValue, Page } from '../domain/contact.js';
import type { DialRequest } from '../domain/dial.js';
import type { Settings, SettingsInput } from '../domain/settings.js';
import type { Comment, Ticket, TicketDraft, TicketStatus } from '../domain/ticket.js';

/** How a look-up is made. `page` is a `Page.next`; `limit` counts items; an aborted look-up is given up. */
export interface LookUpOptions {
  signal?: AbortSignal;
  page?: string;
  limit?: number;
  priority?: 'interactive' | 'background';
}

/** `maybe-applied`: an earlier try, or another desktop's, may have reached the CRM; the host looks first. */
export type Attempt = 'first' | 'maybe-applied';

/** The key makes a creation or a write happen once. */
export interface WriteKey {
  key: string;
  attempt: Attempt;
}

export interface TicketWrite extends WriteKey {
  ticketId: string;
  /** Compare-and-swap: the write is refused with `conflict` when the ticket has moved on from this stamp. */
  ifStamp?: string;
  comment?: Comment;
  assigneeId?: string;
  status?: TicketStatus;
  fields?: Record<string, FieldValue>;
}

export type WriteResult =
  /** No stamp: the ticket is read before its next write. */
  | { key: string; ok: true; stamp?: string }
  | {
      key: string;
      ok: false;
      outcome: 'not-applied' | 'unknown' | 'refused';
      reason:
        | 'conflict'
        | 'closed'
        | 'merged'
        | 'not-found'
        | 'invalid'
        | 'forbidden'
        | 'unauthorized'
        | 'rate-limited'
        | 'offline'
        | 'unavailable';
      message: string;
      mergedInto?: string;
      /** Seconds. */
      retryAfter?: number;
    };

export type ContactQuery = { phone?: string; email?: string; identifier?: string; text?: string };
export type TicketQuery = { contactId?: string; sessionId?: string; text?: string; live?: boolean };

/** The records half of the CRM port: no screen needed. Every call may reject with a `CrmError`. */
export interface CrmRecords {
  readonly capabilities: readonly ('uploads' | 'voice' | 'merge' | 'agents')[];
  /** Files above it are split. */
  readonly uploadLimitBytes?: number;
  /** Most recently created first. `phone` is any written form and matches numbers stored in any form. */
  findContacts(query: ContactQuery, options?: LookUpOptions): Promise<Page<Contact>>;
  getContact(id: string, options?: LookUpOptions): Promise<Contact | undefined>;
  /** The same key twice makes one contact. */
  createContact(draft: ContactDraft, write: WriteKey): Promise<Contact>;
  /** Last updated first. `sessionId` finds tickets whose origin it is. */
  findTickets(query: TicketQuery, options?: LookUpOptions): Promise<Page<Ticket>>;
  getTicket(id: string, options?: LookUpOptions): Promise<(Ticket & { stamp: string }) | undefined>;
  /** The same key twice makes one ticket. */
  createTicket(draft: TicketDraft, write: WriteKey): Promise<Ticket & { stamp?: string }>;
  /** One result a write, in their order; never rejects for part of a batch. */
  writeTickets(writes: readonly TicketWrite[]): Promise<readonly WriteResult[]>;
  listFields(): Promise<readonly FieldDefinition[]>;
  createFields(fields: readonly FieldDefinition[]): Promise<readonly FieldDefinition[]>;
  findAgents?(query: { text?: string; ids?: readonly string[]; email?: string }): Promise<readonly Agent[]>;
  listTeams?(): Promise<readonly { id: string; name: string }[]>;
}

/** The shell half of the CRM port: what a CRM's screen gives. */
export interface CrmShell {
  /** 'Zendesk' */
  readonly name: string;
  /** Names this CRM account in storage keys. */
  readonly account: string;
  /** The account lives as long as the page: nothing that waits for it is kept beyond. */
  readonly volatile?: boolean;
  getAgent(): Promise<Agent>;
  getSettings(): Promise<SettingsInput>;
  /** Administrators only. */
  saveSettings?(settings: Settings): Promise<void>;
  /** Screen pop. */
  openTicket(id: string): Promise<void>;
  openContact(id: string): Promise<void>;
  /** Requests from before the first listener are kept. Returns the way to stop. */
  onDial(listener: (request: DialRequest) => void): () => void;
  onSettingsChange?(listener: (settings: SettingsInput) => void): () => void;
  /** What the person has open. */
  onContext?(listener: (context: { ticketId?: string; contactId?: string }) => void): () => void;
  panel?:
    | {
        show(): void;
        hide(): void;
        resize(size: { width: number; height: number }): void;
        setIndicator(state: 'idle' | 'ringing' | 'in-call' | 'missed' | 'attention'): void;
        onVisible(listener: (visible: boolean) => void): () => void;
      }
    | undefined;
  /** Opens the CRM's log-in. */
  signIn?(): Promise<void>;
  notify?(message: string, level: 'info' | 'warning' | 'error'): void;
}

/** What a CRM shell gives. */
export type CrmHost = CrmRecords & CrmShell;
