import type { TicketStatus } from '../src/domain/ticket.js';
import type { AuditEntry, MemoryComment } from '../src/memory/index.js';
import { statusWords } from './format.js';
import { fieldWords, personName } from './parts.js';
import type { World } from './world.js';

/** One thing that happened to a ticket: a comment, changes, or both in one write. */
export interface Happening {
  id: string;
  at: string;
  who: string;
  /** The call panel wrote it. */
  ours: boolean;
  made: boolean;
  comment?: MemoryComment;
  changes: readonly { label: string; value: string }[];
}

/** What happened to a ticket, the first thing first. */
export function timelineOf(world: World, ticketId: string): readonly Happening[] {
  const audit = world.host.auditLog.filter((entry) => entry.ticketId === ticketId && !entry.what.endsWith('.opened'));
  const byComment = new Map(audit.map((entry) => [entry.comment?.id, entry]));
  const comments = world.host.comments(ticketId).map((comment): Happening => {
    const entry = byComment.get(comment.id);
    return {
      id: comment.id,
      at: comment.createdAt,
      who: personName(world, comment.authorId),
      ours: entry?.key !== undefined,
      made: entry?.what === 'ticket.created',
      comment,
      changes: entry ? changesOf(world, entry) : [],
    };
  });
  const silent = audit
    .filter((entry) => !entry.comment && entry.what !== 'write.refused')
    .map((entry, at): Happening => ({
      id: `change-${at}`,
      at: entry.at,
      who: personName(world, entry.who),
      ours: entry.key !== undefined,
      made: false,
      changes: changesOf(world, entry),
    }))
    .filter(({ changes }) => changes.length > 0);
  return [...comments, ...silent].sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
}

/** What an entry of the log has changed, in words. */
function changesOf(world: World, { changes = {} }: AuditEntry): Happening['changes'] {
  return Object.entries(changes).flatMap(([key, value]) => {
    if (value === undefined || key === 'subject') return [];
    const text = String(value);
    if (key === 'status') return [{ label: 'Status', value: statusWords[text as TicketStatus] ?? text }];
    if (key === 'assigneeId') return [{ label: 'Assignee', value: personName(world, text) }];
    if (key === 'mergedInto') return [{ label: 'Merged into', value: `#${text}` }];
    if (key === 'followUpOf') return [{ label: 'Follow-up of', value: `#${text}` }];
    const field = world.host.fields.find(({ on, id }) => on === 'ticket' && id === key);
    return [{ label: field?.title ?? `Field ${key}`, value: fieldWords(value, field?.type) }];
  });
}
