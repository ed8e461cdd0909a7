import type { CrmHost } from '../crm/crm-host.js';
import type { Clock } from '../environment/environment.js';
import type { RecordFact } from '../domain/record-fact.js';
import type { Ticket } from '../domain/ticket.js';
import { linkedTicket } from './record-facts.js';

/** How long a status that the CRM has told counts as known. Milliseconds. */
const freshFor = 30_000;
/** How many sessions are remembered. */
const remembered = 50;

interface TicketReadsOptions {
  host: Pick<CrmHost, 'getTicket'>;
  clock: Clock;
  tell: (sessionId: string, fact: RecordFact) => void;
}

/** A16: reads the number and status of sessions' tickets for the screen. Q5: not if the CRM has just told them. */
export class TicketReads {
  readonly #options: TicketReadsOptions;
  /** When the CRM last told the status, by session id. */
  readonly #told = new Map<string, number>();

  constructor(options: TicketReadsOptions) {
    this.#options = options;
  }

  /** A look-up, a creation or a write has told the status. */
  told(sessionId: string): void {
    this.#told.delete(sessionId);
    this.#told.set(sessionId, this.#options.clock.now());
    if (this.#told.size > remembered) this.#told.delete(this.#told.keys().next().value!);
  }

  /** The status on screen may be old. */
  doubt(sessionId: string): void {
    this.#told.delete(sessionId);
  }

  /** Never rejects: if the CRM fails, the screen keeps what it shows. */
  async read(sessionId: string, ticketId: string, priority: 'interactive' | 'background'): Promise<void> {
    const { clock, tell } = this.#options;
    if (clock.now() - (this.#told.get(sessionId) ?? -Infinity) < freshFor) return;
    this.told(sessionId);
    const ticket = await this.#survivor(ticketId, priority).catch(() => undefined);
    if (ticket) tell(sessionId, { type: 'record.ticket-read', ticket: linkedTicket(ticket) });
    else this.doubt(sessionId);
  }

  /** R12: the ticket, or the ticket that it was merged into. */
  async #survivor(id: string, priority: 'interactive' | 'background'): Promise<Ticket | undefined> {
    const seen = new Set<string>();
    let last: Ticket | undefined;
    for (let next: string | undefined = id; next !== undefined && !seen.has(next); next = last?.mergedInto) {
      seen.add(next);
      // A merged ticket that cannot be read is followed no further.
      last = (await this.#options.host.getTicket(next, { priority })) ?? last;
    }
    return last;
  }
}
