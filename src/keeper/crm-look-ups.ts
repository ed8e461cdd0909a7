import type { CrmHost } from '../crm/crm-host.js';
import type { FieldDefinition } from '../domain/contact.js';
import type { Clock } from '../environment/environment.js';
import type { Settings } from '../domain/settings.js';
import { readThrown } from '../domain/thrown.js';
import type { Ticket } from '../domain/ticket.js';
import type { Found, Need } from '../records/decision.js';
import { toFailure, type Failure } from '../domain/failure.js';

const pageSize = 100;
const mostPages = 10;
const fieldsFresh = 10 * 60_000;
/** The failures that a second request would meet again. */
const final: ReadonlySet<string> = new Set(['forbidden', 'invalid', 'not-found', 'conflict']);

/** A look-up, or a write to the outbox, that failed and may succeed later. */
export class NotNow extends Error {
  readonly failure: Failure;
  readonly code: string;
  readonly retryAfter: number;

  constructor(error: unknown) {
    const failure = toFailure(error);
    super(failure.message, { cause: error });
    this.failure = failure;
    this.code = failure.code;
    this.retryAfter = readThrown(error).retryAfter ?? 0;
  }
}

/**
 * The keeper's requests to the CRM. A request rejects with `NotNow` when a later try may succeed. After a final
 * refusal, it reports the refusal and resolves with an empty result.
 */
export class CrmLookUps {
  readonly #host: CrmHost;
  readonly #clock: Clock;
  readonly #refused: (what: string, failure: Failure) => void;
  readonly #ticketsRead: (tickets: readonly (Ticket & { stamp?: string })[]) => void;
  readonly #fieldsRead: (fields: readonly FieldDefinition[]) => void;
  #fields: { at: number; mapping: string; list: readonly FieldDefinition[] | undefined } | undefined;

  constructor(
    host: CrmHost,
    clock: Clock,
    refused: (what: string, failure: Failure) => void,
    fieldsRead: (fields: readonly FieldDefinition[]) => void,
    ticketsRead: (tickets: readonly (Ticket & { stamp?: string })[]) => void,
  ) {
    this.#ticketsRead = ticketsRead;
    this.#host = host;
    this.#clock = clock;
    this.#refused = refused;
    this.#fieldsRead = fieldsRead;
  }

  /** Runs a look-up, and adds its results to `found`. */
  async satisfy(need: Need, found: Found): Promise<Found> {
    if (need.look === 'tickets') return { ...found, tickets: await this.liveTickets(need.contactId) };
    const items = await this.#read('the contacts', [], async () => {
      const options = { limit: pageSize, priority: 'interactive', brief: true } as const;
      const page = await this.#host.findContacts(need.query, options);
      // A malformed answer throws here, so that the keeper repeats the request.
      return [...page.items];
    });
    return { ...found, contacts: { ...found.contacts, [need.way]: items } };
  }

  liveTickets(contactId: string): Promise<readonly Ticket[]> {
    return this.#read('the tickets', [], async () => {
      const tickets: Ticket[] = [];
      let next: string | undefined;
      for (let page = 0; page < mostPages && (page === 0 || next); page++) {
        const options = { limit: pageSize, priority: 'interactive' as const, ...(next ? { page: next } : {}) };
        const read = await this.#host.findTickets({ contactId, live: true }, options);
        this.#ticketsRead(read.items);
        tickets.push(...read.items.map(({ stamp: _s, ...ticket }) => ticket));
        next = read.next;
      }
      return tickets;
    });
  }

  /**
   * The CRM's fields, at most ten minutes old. R16: undefined when the CRM refuses to list its fields, and an empty
   * list when it has none.
   */
  async fields({ tickets }: Settings): Promise<readonly FieldDefinition[] | undefined> {
    const now = this.#clock.now();
    // R16: administrators often create a field just before they map it.
    const mapping = JSON.stringify([tickets.customDataFields, tickets.sessionFields]);
    const last = this.#fields;
    if (last?.mapping === mapping && Math.abs(now - last.at) < fieldsFresh) return last.list;
    const list = await this.#read<readonly FieldDefinition[] | undefined>('the fields', undefined, async () => [
      ...(await this.#host.listFields()),
    ]);
    this.#fields = { at: now, mapping, list };
    if (list) this.#fieldsRead(list);
    return list;
  }

  #ticket(id: string): Promise<Ticket | undefined> {
    return this.#read('the ticket', undefined, () => this.#host.getTicket(id, { priority: 'background' }));
  }

  /** R12: the ticket, or the ticket that it was merged into. */
  async survivor(id: string): Promise<Ticket | undefined> {
    const seen = new Set<string>();
    let ticket = await this.#ticket(id);
    while (ticket?.mergedInto !== undefined && !seen.has(ticket.mergedInto)) {
      seen.add(ticket.mergedInto);
      ticket = await this.#ticket(ticket.mergedInto);
    }
    return ticket;
  }

  /** The session's ticket. Of several, R35: that of the highest correction, and of these the one updated last. */
  async ticketOf(sessionId: string): Promise<Ticket | undefined> {
    const found = await this.#read<readonly Ticket[]>('the tickets of a session', [], async () => {
      const page = await this.#host.findTickets({ sessionId }, { priority: 'background' });
      return [...page.items];
    });
    const rank = ({ origin }: Ticket) => origin?.correction ?? 0;
    return found.reduce<Ticket | undefined>((best, one) => (best && rank(best) >= rank(one) ? best : one), undefined);
  }

  async #read<T>(what: string, none: T, read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      const failed = new NotNow(error);
      if (!final.has(failed.failure.code)) throw failed;
      this.#refused(what, failed.failure);
      return none;
    }
  }
}
