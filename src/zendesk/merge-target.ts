import { wholeList } from './listing.js';
import type { ZendeskAudit, ZendeskTicket } from './shapes.js';
import { wasMerged } from './ticket-mapping.js';
import type { ZendeskApi } from './zendesk-api.js';

const longestChain = 20;

/**
 * R12: the ticket that a closed one was merged into, at the end of the chain; undefined: it was not merged, or its chain
 * leads in a circle. There is no such field: the audits of the source name the target.
 */
export async function mergeTarget(api: ZendeskApi, ticket: ZendeskTicket): Promise<string | undefined> {
  const seen = new Set([ticket.id]);
  let at = ticket;
  while (wasMerged(at) && seen.size <= longestChain) {
    const next = targetOf(await audits(api, at.id), at.id);
    if (next === undefined) break;
    if (seen.has(next)) return undefined;
    seen.add(next);
    const found = await api.find<{ ticket: ZendeskTicket }>(`/api/v2/tickets/${next}`, { priority: 'background' });
    if (!found) return String(next);
    at = found.ticket;
  }
  return at.id === ticket.id ? undefined : String(at.id);
}

export const audits = (api: ZendeskApi, ticketId: number | string): Promise<ZendeskAudit[]> =>
  wholeList<ZendeskAudit>(api, `/api/v2/tickets/${ticketId}/audits`, 'audits', { priority: 'background' });

function targetOf(entries: readonly ZendeskAudit[], id: number): number | undefined {
  // The last one counts; a ticket that was merged into earlier names its sources in `ticket_ids`.
  for (const { via, events = [] } of [...entries].reverse()) {
    const { rel, from } = via?.source ?? {};
    if (rel === 'merge' && from?.ticket_id !== undefined && from.ticket_id !== id) return from.ticket_id;
    for (const { body = '' } of events) {
      // Only this form means that this ticket was absorbed; the other means that it is the survivor.
      const said = /^This request was closed and merged into request #(\d+)/.exec(body)?.[1];
      if (said) return Number(said);
    }
  }
  return undefined;
}
