import type { CrmHost } from '../crm/crm-host.js';
import type { Ticket, TicketStatus } from '../domain/ticket.js';

const kept = 200;
interface Known {
  ticket: Ticket;
  stamp: string;
}

/**
 * Q5: keeps the latest tickets that a look-up, a creation, a read or a write has brought, so that most writes need no
 * read. If a ticket has changed since, the CRM refuses the write with a conflict, and the outbox reads the ticket.
 */
export class TicketCache {
  readonly #host: CrmHost;
  readonly #known = new Map<string, Known>();

  constructor(host: CrmHost) {
    this.#host = host;
  }

  /** Reads the ticket from the cache or the CRM. Undefined if the ticket does not exist. */
  async read(id: string): Promise<(Ticket & { stamp: string }) | undefined> {
    const known = this.#known.get(id);
    if (known) return { ...known.ticket, stamp: known.stamp };
    const ticket = await this.#host.getTicket(id, { priority: 'background' });
    if (ticket) this.keep(ticket, ticket.stamp);
    return ticket;
  }

  keep(ticket: Ticket, stamp: string): void {
    this.#known.delete(ticket.id);
    this.#known.set(ticket.id, { ticket, stamp });
    if (this.#known.size > kept) this.#known.delete(this.#known.keys().next().value!);
  }

  /** Takes up a ticket from a look-up, which may be older than what the outbox has written itself. */
  note(ticket: Ticket, stamp: string): void {
    if (!this.#known.has(ticket.id)) this.keep(ticket, stamp);
  }

  /** Removes a ticket whose stamp is out of date. */
  forget(id: string): void {
    this.#known.delete(id);
  }

  /** Stores a written ticket with the CRM's new stamp. Without a stamp, the next write reads the ticket first. */
  wrote(ticket: Ticket, stamp: string | undefined, status: TicketStatus | undefined): Ticket {
    this.forget(ticket.id);
    const now = { ...ticket, ...(status && { status }) };
    if (stamp !== undefined) this.keep(now, stamp);
    return now;
  }
}
