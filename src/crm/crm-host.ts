import type { Agent } from '../domain/agent.js';
import type { Contact, ContactDraft, FieldDefinition, FieldValue, Page } from '../domain/contact.js';
import type { DialRequest } from '../domain/dial.js';
import type { Settings, SettingsInput } from '../domain/settings.js';
import type { Comment, Ticket, TicketDraft, TicketStatus } from '../domain/ticket.js';

/** Options of a look-up. `page` is the `next` of the page before; `limit` is the most items of a page. */
export interface LookUpOptions {
  signal?: AbortSignal;
  page?: string;
  limit?: number;
  priority?: 'interactive' | 'background';
}

/** `maybe-applied`: an earlier try, here or at another desktop, may have been applied. The host looks for it first. */
export type Attempt = 'first' | 'maybe-applied';

/** A creation or write with the same key happens once. */
export interface WriteKey {
  key: string;
  attempt: Attempt;
}

export interface TicketWrite extends WriteKey {
  ticketId: string;
  /** Optimistic concurrency: the write is refused with `conflict` if the ticket no longer has this stamp. */
  ifStamp?: string;
  comment?: Comment;
  assigneeId?: string;
  status?: TicketStatus;
  fields?: Record<string, FieldValue>;
}

export type WriteResult =
  /** Without a stamp, the ticket is read before its next write. */
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

/** The records half of the CRM port. It needs no screen. Every call may reject with a `CrmError`. */
export interface CrmRecords {
  readonly capabilities: readonly ('uploads' | 'voice' | 'merge' | 'agents')[];
  /** Larger files are split. */
  readonly uploadLimitBytes?: number;
  /** Most recently created first. `phone` is any written form and matches numbers stored in any form. */
  findContacts(query: ContactQuery, options?: LookUpOptions): Promise<Page<Contact>>;
  getContact(id: string, options?: LookUpOptions): Promise<Contact | undefined>;
  /** The same key twice makes one contact. */
  createContact(draft: ContactDraft, write: WriteKey): Promise<Contact>;
  /** Last updated first. `sessionId` finds the tickets that the session made. */
  findTickets(query: TicketQuery, options?: LookUpOptions): Promise<Page<Ticket>>;
  getTicket(id: string, options?: LookUpOptions): Promise<(Ticket & { stamp: string }) | undefined>;
  /** The same key twice makes one ticket. */
  createTicket(draft: TicketDraft, write: WriteKey): Promise<Ticket & { stamp?: string }>;
  /** One result for each write, in their order. Never rejects because some writes of a batch failed. */
  writeTickets(writes: readonly TicketWrite[]): Promise<readonly WriteResult[]>;
  listFields(): Promise<readonly FieldDefinition[]>;
  createFields(fields: readonly FieldDefinition[]): Promise<readonly FieldDefinition[]>;
  findAgents?(query: { text?: string; ids?: readonly string[]; email?: string }): Promise<readonly Agent[]>;
  listTeams?(): Promise<readonly { id: string; name: string }[]>;
}

/** The shell half of the CRM port: what the CRM's screen offers. */
export interface CrmShell {
  /** 'Zendesk' */
  readonly name: string;
  /** Names this CRM account in storage keys. */
  readonly account: string;
  /** The account exists only as long as the page: waiting writes are not kept longer. */
  readonly volatile?: boolean;
  getAgent(): Promise<Agent>;
  getSettings(): Promise<SettingsInput>;
  /** Administrators only. */
  saveSettings?(settings: Settings): Promise<void>;
  /** Screen pop. */
  openTicket(id: string): Promise<void>;
  openContact(id: string): Promise<void>;
  /** Requests from before the first listener are kept. Returns a function that removes the listener. */
  onDial(listener: (request: DialRequest) => void): () => void;
  onSettingsChange?(listener: (settings: SettingsInput) => void): () => void;
  /** Reports the ticket or contact that the agent has open. */
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
  /** Opens the CRM's login page. */
  signIn?(): Promise<void>;
  notify?(message: string, level: 'info' | 'warning' | 'error'): void;
}

/** The whole CRM port: records and shell. */
export type CrmHost = CrmRecords & CrmShell;
