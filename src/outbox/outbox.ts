import type { Contact } from '../domain/contact.js';
import type { Ticket } from '../domain/ticket.js';
import type { Intent } from '../records/intent.js';

/**
 * The states of an entry: pending → sending → settled. `ambiguous`: it may have been applied, and the CRM is asked
 * before it is sent again. `parked`: the agent must sign in to the CRM. `dead`: the CRM has refused it, and the agent
 * sees it. `expired`: it is a week old, and its contents are removed.
 */
export type OutboxState = 'pending' | 'sending' | 'settled' | 'ambiguous' | 'parked' | 'dead' | 'expired';

/** The contact or ticket that a settled intent created or changed. */
export interface OutboxResult {
  contact?: Contact;
  ticket?: Ticket;
}

export interface OutboxEntry {
  intent: Intent;
  /** `discarded`: reported once; then the entry is removed. */
  state: OutboxState | 'discarded';
  /** When it was accepted, in milliseconds since 1970. */
  since: number;
  /** How often it was sent. */
  tries: number;
  result?: OutboxResult;
  /** Why it is not settled yet. */
  failure?: { code: string; message: string };
}

/** Sends intents to the CRM in order, each once. */
export interface Outbox {
  /**
   * Resolves once the intents are stored. A stored intent is never lost silently. An intent with a known key is
   * ignored.
   */
  enqueue(intents: readonly Intent[]): Promise<void>;
  readonly entries: readonly OutboxEntry[];
  /** Calls the listener after every change of an entry. Returns the function that unsubscribes it. */
  subscribe(listener: (entry: OutboxEntry) => void): () => void;
  /** Retries waiting, parked and dead entries at once: all of them, or the one with this key. */
  retry(key?: string): void;
  /** A person discards an entry, and with it the entries that depend on it. */
  discard(key: string): Promise<void>;
  /** Sends entries at once that wait for the window. Resolves when nothing more can be sent now. */
  flush(): Promise<void>;
  stop(): void;
}
