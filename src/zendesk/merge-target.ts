import { wholeList } from './listing.js';
import type { ZendeskAudit, ZendeskTicket } from './shapes.js';
import { wasMerged } from './ticket-mapping.js';
import type { ZendeskApi } from './zendesk-api.js';

const longestChain = 20;

/**
 * R12: follows the chain of merges from a closed ticket, and returns the id of the last ticket. Undefined: the ticket
 * was not merged, or the chain is a circle. No field of a ticket names the target of its merge, but its audits do.
 */
export async function mergeTarget(api: ZendeskApi, ticket: ZendeskTicket): Promise<string | undefined> {
  const seen = new Set([ticket.id]);
  let current = ticket;
  while (wasMerged(current) && seen.size <= longestChain) {
    const next = targetOf(await audits(api, current.id), current.id);
    if (next === undefined) break;
    if (seen.has(next)) return undefined;
    seen.add(next);
    const found = await api.find<{ ticket: ZendeskTicket }>(`/api/v2/tickets/${next}`, { priority: 'background' });
    if (!found) return String(next);
    current = found.ticket;
  }
  return current.id === ticket.id ? undefined : String(current.id);
}

export const audits = (api: ZendeskApi, ticketId: number | string): Promise<ZendeskAudit[]> =>
  wholeList<ZendeskAudit>(api, `/api/v2/tickets/${ticketId}/audits`, 'audits', { priority: 'background' });

function targetOf(entries: readonly ZendeskAudit[], id: number): number | undefined {
  // The newest audit counts. If other tickets were merged into this one, their ids are in `ticket_ids`.
  for (const { via, events = [] } of [...entries].reverse()) {
    const { rel, from } = via?.source ?? {};
    if (rel === 'merge' && from?.ticket_id !== undefined && from.ticket_id !== id) return from.ticket_id;
    for (const { body = '' } of events) {
      // Zendesk writes this sentence on the ticket that a merge closes, and another sentence on the target.
      const target = /^This request was closed and merged into request #(\d+)/.exec(body)?.[1];
      if (target) return Number(target);
    }
  }
  return undefined;
}
