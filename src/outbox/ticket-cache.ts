import type { CrmHost } from '../crm/crm-host.js';
import type { Ticket } from '../domain/ticket.js';

const kept = 200;
/** Milliseconds. An older ticket is read again: an outdated stamp costs more than a read. */
const fresh = 120_000;

interface Known {
  ticket: Ticket;
  stamp: string;
  at: number;
}

/** The tickets that were last read or written, so that a write needs no read before it. */
export class TicketCache {
  readonly #host: CrmHost;
  readonly #now: () => number;
  readonly #known = new Map<string, Known>();

  constructor(host: CrmHost, now: () => number) {
    this.#host = host;
    this.#now = now;
  }

  /** Undefined if the ticket does not exist. */
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

  /** Removes a ticket whose stamp is no longer known. */
  forget(id: string): void {
    this.#known.delete(id);
  }

  /** Stores a written ticket with the CRM's new stamp. Without a stamp, the ticket is read before its next write. */
  wrote(ticket: Ticket, stamp: string | undefined, change: { status?: 'open' }): Ticket {
    this.forget(ticket.id);
    const now = { ...ticket, ...(change.status ? { status: change.status } : {}) };
    if (stamp !== undefined) this.keep(now, stamp);
    return now;
  }
}
