import type { CrmHost } from '../crm/crm-host.js';
import type { Ticket } from '../domain/ticket.js';

const kept = 200;
/** Milliseconds. The outbox reads an older ticket again, because an outdated stamp costs more than a read. */
const fresh = 120_000;

interface Known {
  ticket: Ticket;
  stamp: string;
  at: number;
}

/** Keeps the latest tickets that the outbox has read or written, so that most writes need no read. */
export class TicketCache {
  readonly #host: CrmHost;
  readonly #now: () => number;
  readonly #known = new Map<string, Known>();

  constructor(host: CrmHost, now: () => number) {
    this.#host = host;
    this.#now = now;
  }

  /** Reads the ticket from the cache or the CRM. Undefined if the ticket does not exist. */
  async read(id: string): Promise<(Ticket & { stamp: string }) | undefined> {
    const known = this.#known.get(id);
    if (known && known.at > this.#now() - fresh) return { ...known.ticket, stamp: known.stamp };
    const ticket = await this.#host.getTicket(id, { priority: 'background' });
    if (ticket) this.keep(ticket, ticket.stamp);
    return ticket;
  }

  keep(ticket: Ticket, stamp: string): void {
    this.#known.delete(ticket.id);
    this.#known.set(ticket.id, { ticket, stamp, at: this.#now() });
    if (this.#known.size > kept) this.#known.delete(this.#known.keys().next().value!);
  }

  /** Removes a ticket whose stamp is out of date. */
  forget(id: string): void {
    this.#known.delete(id);
  }

  /** Stores a written ticket with the CRM's new stamp. Without a stamp, the next write reads the ticket first. */
  wrote(ticket: Ticket, stamp: string | undefined, change: { status?: 'open' }): Ticket {
    this.forget(ticket.id);
    const now = { ...ticket, ...(change.status ? { status: change.status } : {}) };
    if (stamp !== undefined) this.keep(now, stamp);
    return now;
  }
}
