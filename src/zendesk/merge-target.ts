import { wholeList } from './listing.js';
import type { ZendeskAudit, ZendeskTicket } from './shapes.js';
import { wasMerged } from './ticket-mapping.js';
import type { ZendeskApi } from './zendesk-api.js';

const longestChain = 20;

/**
 * R12: the ticket at the end of the chain of merges that begins with a closed ticket. Undefined: it was not merged, or
 * the chain is a circle. Zendesk has no field for it: the audits of the merged ticket name the target.
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
  // The last audit counts. A ticket that absorbed others before has their ids in `ticket_ids`.
  for (const { via, events = [] } of [...entries].reverse()) {
    const { rel, from } = via?.source ?? {};
    if (rel === 'merge' && from?.ticket_id !== undefined && from.ticket_id !== id) return from.ticket_id;
    for (const { body = '' } of events) {
      // Only this sentence means that the ticket was absorbed. Zendesk has another one for the surviving ticket.
      const target = /^This request was closed and merged into request #(\d+)/.exec(body)?.[1];
      if (target) return Number(target);
    }
  }
  return undefined;
}
