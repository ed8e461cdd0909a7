import type { Contact } from '../domain/contact.js';
import type { Ticket } from '../domain/ticket.js';
import type { Intent } from '../records/intent.js';

/**
 * The states of an entry: pending → sending → settled. `ambiguous`: the CRM may have applied the entry, so the outbox
 * asks the CRM before it sends the entry again. `parked`: the agent must sign in to the CRM. `dead`: the CRM has
 * refused the entry, and the agent must decide. `expired`: the entry is a week old, and the outbox has removed its
 * contents.
 */
export type OutboxState = 'pending' | 'sending' | 'settled' | 'ambiguous' | 'parked' | 'dead' | 'expired';

/** The contact or ticket that a settled intent created or changed. */
export interface OutboxResult {
  contact?: Contact;
  ticket?: Ticket;
}

export interface OutboxEntry {
  intent: Intent;
  /** `discarded`: the last report of an entry that the outbox has removed. */
  state: OutboxState | 'discarded';
  /** When the outbox accepted the entry, in milliseconds since 1970. */
  since: number;
  /** How often the outbox has tried to send the entry. */
  tries: number;
  result?: OutboxResult;
  /** Why the last try failed. */
  failure?: { code: string; message: string };
}

/** Sends intents to the CRM in order, each once. */
export interface Outbox {
  /**
   * Resolves once the intents are stored. The outbox never loses a stored intent silently. It ignores an intent whose
   * key it knows.
   */
  enqueue(intents: readonly Intent[]): Promise<void>;
  readonly entries: readonly OutboxEntry[];
  /** Whether the outbox has a row with this key, settled or not. Only the leader's outbox knows. */
  knows(key: string): boolean;
  /** The settled rows whose keys begin with `prefix`, with the ids of their tickets. Only the leader's outbox knows. */
  settled(prefix: string): readonly { key: string; ticketId?: string }[];
  /**
   * R35: removes the wanted rows that the CRM cannot have. `waits`: the CRM may have others of them. Rejects if another
   * tab leads.
   */
  takeBack(isWanted: (intent: Intent) => boolean): Promise<'done' | 'waits'>;
  /** Takes up tickets with stamps that a look-up has read, so that a write needs no read of its own. */
  noteTickets(tickets: readonly (Ticket & { stamp?: string })[]): void;
  /** Calls the listener after every change of an entry. Returns the function that unsubscribes it. */
  subscribe(listener: (entry: OutboxEntry) => void): () => void;
  /** Retries waiting, parked and dead entries at once: all of them, or the one with this key. */
  retry(key?: string): void;
  /** Discards the entry with this key, and the entries that depend on it, for a person. */
  discard(key: string): Promise<void>;
  /** Sends the entries that wait for the window at once. Resolves when the outbox can send nothing more now. */
  flush(): Promise<void>;
  stop(): void;
}
