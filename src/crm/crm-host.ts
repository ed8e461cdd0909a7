import type { Agent } from '../domain/agent.js';
import type { Contact, ContactDraft, FieldDefinition, FieldValue, Page } from '../domain/contact.js';
import type { DialRequest } from '../domain/dial.js';
import type { Settings, SettingsInput } from '../domain/settings.js';
import type { Comment, Ticket, TicketDraft, TicketStatus } from '../domain/ticket.js';

/** Options of a look-up. `page`: the `next` of the previous page. `limit`: the maximum number of items per page. */
export interface LookUpOptions {
  signal?: AbortSignal;
  page?: string;
  limit?: number;
  priority?: 'interactive' | 'background';
  /** Q5: of a single match, the caller needs no more numbers and addresses than the CRM finds in one request. */
  brief?: boolean;
}

/** `maybe-applied`: the CRM may have applied an earlier try, of any desktop. The host looks for its result first. */
export type Attempt = 'first' | 'maybe-applied';

/** Identifies a creation or write. The host carries out each key once. */
export interface WriteKey {
  key: string;
  attempt: Attempt;
}

export interface TicketWrite extends WriteKey {
  ticketId: string;
  /** Optimistic concurrency: the host refuses the write with `conflict` if the ticket no longer has this stamp. */
  ifStamp?: string;
  comment?: Comment;
  assigneeId?: string;
  status?: TicketStatus;
  fields?: Record<string, FieldValue>;
}

export type WriteResult =
  /** Without a stamp, the outbox reads the ticket before the next write. */
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

/** The records half of the CRM port, which needs no screen. Every call may reject with a `CrmError`. */
export interface CrmRecords {
  /** `authors`: a comment may have another author than the signed-in user. */
  readonly capabilities: readonly ('uploads' | 'voice' | 'merge' | 'agents' | 'authors')[];
  /** The CRM's limit for a file, in bytes. The keeper splits larger files. */
  readonly uploadLimitBytes?: number;
  /** Finds contacts, the newest first. `phone` may have any written form, and matches numbers stored in any form. */
  findContacts(query: ContactQuery, options?: LookUpOptions): Promise<Page<Contact>>;
  getContact(id: string, options?: LookUpOptions): Promise<Contact | undefined>;
  /** Creates a contact. A second call with the same key creates no second contact. */
  createContact(draft: ContactDraft, write: WriteKey): Promise<Contact>;
  /** Finds tickets, the last updated first. `sessionId` finds the tickets that the session created. */
  findTickets(query: TicketQuery, options?: LookUpOptions): Promise<Page<Ticket & { stamp?: string }>>;
  getTicket(id: string, options?: LookUpOptions): Promise<(Ticket & { stamp: string }) | undefined>;
  /** Creates a ticket. A second call with the same key creates no second ticket. */
  createTicket(draft: TicketDraft, write: WriteKey): Promise<Ticket & { stamp?: string }>;
  /** Resolves with one result for each write, in order. Does not reject because some writes of a batch failed. */
  writeTickets(writes: readonly TicketWrite[]): Promise<readonly WriteResult[]>;
  listFields(): Promise<readonly FieldDefinition[]>;
  createFields(fields: readonly FieldDefinition[]): Promise<readonly FieldDefinition[]>;
  findAgents?(query: { text?: string; ids?: readonly string[]; email?: string }): Promise<readonly Agent[]>;
  /** S17: the account's IANA time zone and language. */
  getAccount?(): Promise<{ timeZone?: string; locale?: string }>;
  listTeams?(): Promise<readonly { id: string; name: string }[]>;
}

/** The shell half of the CRM port: the functions of the CRM's screen. */
export interface CrmShell {
  /** The CRM's name for the screen, such as `Zendesk`. */
  readonly name: string;
  /** Names this CRM account in storage keys. */
  readonly account: string;
  /** Whether the account ends with the page. The desktop then stores no waiting writes beyond the page. */
  readonly volatile?: boolean;
  getAgent(): Promise<Agent>;
  getSettings(): Promise<SettingsInput>;
  /** Saves the settings, for administrators only. */
  saveSettings?(settings: Settings): Promise<void>;
  /** Opens the ticket on the CRM's screen (screen pop). */
  openTicket(id: string): Promise<void>;
  openContact(id: string): Promise<void>;
  /** Adds a listener. The first listener also gets earlier requests. Returns a function that removes the listener. */
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
