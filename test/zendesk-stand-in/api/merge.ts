import { logSystem, type Account, type Origin } from './account.js';
import type { StoredTicket, Via } from './records.js';
import { invalidField } from './replies.js';
import type { NewComment } from './ticket-audits.js';
import { updateTicket } from './tickets.js';

export interface Merge {
  ids: number[];
  target_comment?: string;
  source_comment?: string;
  target_comment_is_public?: boolean;
  source_comment_is_public?: boolean;
}

/** (D) The tag of a merged ticket. */
const mergedTag = 'closed_by_merge';

// (I) The channel; rel and from are (D).
const mergeVia = (from: Record<string, unknown>): Via => ({ channel: 'web', source: { from, to: {}, rel: 'merge' } });
const numbered = (ticket: StoredTicket) => `#${ticket.json.id} "${ticket.json.subject ?? ''}"`;

/** (D) The target must not be solved or closed; (I) a closed source is refused like any update of it. */
export function checkTarget(target: StoredTicket): void {
  if (['solved', 'closed'].includes(target.json.status))
    throw invalidField('status', 'Status: the target of a merge must be less than solved');
}

/** Closes a source. Its comment names the target. */
export function absorb(
  account: Account,
  source: StoredTicket,
  target: StoredTicket,
  merge: Merge,
  origin: Origin,
): void {
  if (source === target) throw invalidField('base', 'Ticket: cannot be merged into itself');
  const body = merge.source_comment ?? `This request was closed and merged into request ${numbered(target)}.`;
  const notice: NewComment = notify(body, merge.source_comment_is_public, origin);
  const via = mergeVia({ ticket_id: target.json.id, subject: target.json.subject });
  const tags = [...source.json.tags, mergedTag];
  updateTicket(account, source, { tags }, origin, { via, extra: [notice], mergedInto: target.json.id });
}

/** Adds the comment that names the sources to the target. */
export function survive(
  account: Account,
  target: StoredTicket,
  sources: readonly StoredTicket[],
  merge: Merge,
  origin: Origin,
): void {
  const [first] = sources;
  if (!first || target.json.status === 'closed') return;
  const body =
    merge.target_comment ??
    (sources.length === 1
      ? `Request ${numbered(first)} was closed and merged into this request.`
      : `Requests ${sources.map((one) => `#${one.json.id}`).join(', ')} were closed and merged into this request.`);
  const via = mergeVia({ ticket_ids: sources.map((one) => one.json.id) });
  const extra = [notify(body, merge.target_comment_is_public, origin)];
  updateTicket(account, target, {}, { ...origin, unlogged: true }, { via, extra });
  logSystem(account, origin, {
    what: 'ticket.updated',
    ticketId: target.json.id,
    changes: { merged: sources.map((one) => one.json.id) },
    comment: { body, public: merge.target_comment_is_public ?? false, authorId: origin.actor.id },
  });
}

// (I) Internal by default.
const notify = (body: string, isPublic: boolean | undefined, origin: Origin): NewComment => ({
  type: 'Comment',
  body,
  public: isPublic ?? false,
  authorId: origin.actor.id,
});
