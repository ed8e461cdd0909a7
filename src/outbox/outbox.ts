import type { Contact } from '../domain/contact.js';
import type { Ticket } from '../domain/ticket.js';
import type { Intent } from '../records/intent.js';

/**
 * pending → sending → settled; or ambiguous (it may have been applied, and is resolved with the CRM before it is sent
 * again), parked (the CRM's log-in is gone), dead (refused; the agent sees it), expired (a week old: what it was is no
 * longer kept, that it was is).
 */
export type OutboxState = 'pending' | 'sending' | 'settled' | 'ambiguous' | 'parked' | 'dead' | 'expired';

/** What an intent made or touched, once it is settled. */
export interface OutboxResult {
  contact?: Contact;
  ticket?: Ticket;
}

export interface OutboxEntry {
  intent: Intent;
  /** `discarded`: a person gave it up. Told once; then it is gone. */
  state: OutboxState | 'discarded';
  /** When it was accepted, in milliseconds since 1970. */
  since: number;
  /** How often it was sent. */
  tries: number;
  result?: OutboxResult;
  /** Why it is not settled yet. */
  failure?: { code: string; message: string };
}

/** How what is to be written gets out: in order, each once. */
export interface Outbox {
  /** Resolves once the intents are kept: from then on none is lost silently. A key that is known is ignored. */
  enqueue(intents: readonly Intent[]): Promise<void>;
  readonly entries: readonly OutboxEntry[];
  /** Told after every change of an entry. Returns the way to stop. */
  subscribe(listener: (entry: OutboxEntry) => void): () => void;
  /** Tries again at once what waits, is parked or dead; all of it, or one key. */
  retry(key?: string): void;
  /** A person gives an entry up, and with it what refers to what it would have made. */
  discard(key: string): Promise<void>;
  /** Sends what waits for its window at once. Resolves when nothing is left that could be sent now. */
  flush(): Promise<void>;
  stop(): void;
}
