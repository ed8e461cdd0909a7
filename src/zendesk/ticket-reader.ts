import type { ZendeskTicket } from './shapes.js';
import type { AskOptions, ZendeskApi } from './zendesk-api.js';

const mostAtOnce = 100;

/**
 * Reads tickets. An interactive read has its own request, and so its own error. Background reads that begin together
 * share one request, so that a hundred writes do not cost a hundred requests.
 */
export class TicketReader {
  readonly #api: ZendeskApi;
  #batch: { ids: Set<string>; tickets: Promise<ReadonlyMap<string, ZendeskTicket>> } | undefined;

  constructor(api: ZendeskApi) {
    this.#api = api;
  }

  /** Undefined: there is no such ticket. Rejects with `forbidden` if the agent may not see it. */
  async read(id: string, options: AskOptions = {}): Promise<ZendeskTicket | undefined> {
    if (!/^\d+$/.test(id)) return undefined;
    if (options.priority !== 'background') return this.#alone(id, options);
    if (this.#batch && this.#batch.ids.size >= mostAtOnce) this.#batch = undefined;
    const { ids, tickets } = (this.#batch ??= this.#open());
    ids.add(id);
    // The shared response contains neither missing nor forbidden tickets. Another request finds out which it is.
    return (await tickets).get(id) ?? this.#alone(id, options);
  }

  async #alone(id: string, options: AskOptions): Promise<ZendeskTicket | undefined> {
    const found = await this.#api.find<{ ticket: ZendeskTicket }>(`/api/v2/tickets/${id}`, options);
    return found?.ticket;
  }

  #open(): { ids: Set<string>; tickets: Promise<ReadonlyMap<string, ZendeskTicket>> } {
    const ids = new Set<string>();
    const tickets = Promise.resolve().then(() => {
      if (this.#batch?.ids === ids) this.#batch = undefined;
      return this.#together(ids);
    });
    return { ids, tickets };
  }

  async #together(ids: ReadonlySet<string>): Promise<ReadonlyMap<string, ZendeskTicket>> {
    const path = `/api/v2/tickets/show_many?ids=${[...ids].join(',')}`;
    const { tickets } = await this.#api.get<{ tickets: readonly ZendeskTicket[] }>(path, { priority: 'background' });
    return new Map((Array.isArray(tickets) ? tickets : []).map((ticket) => [String(ticket.id), ticket]));
  }
}
