import type { TicketStatus } from '../src/domain/ticket.js';
import type { AuditEntry, MemoryComment } from '../src/memory/index.js';
import { statusWords } from './format.js';
import { fieldWords, personName } from './parts.js';
import type { DemoState } from './demo-state.js';

/** An entry of a ticket's history: a comment, changes, or both in one write. */
export interface HistoryEntry {
  id: string;
  at: string;
  who: string;
  /** Whether the call panel wrote the entry. */
  ours: boolean;
  /** Whether the entry created the ticket. */
  made: boolean;
  comment?: MemoryComment;
  changes: readonly { label: string; value: string }[];
}

/** A ticket's history, the oldest entry first. */
export function timelineOf(demo: DemoState, ticketId: string): readonly HistoryEntry[] {
  const audit = demo.host.auditLog.filter((entry) => entry.ticketId === ticketId && !entry.what.endsWith('.opened'));
  const byComment = new Map(audit.map((entry) => [entry.comment?.id, entry]));
  const comments = demo.host.comments(ticketId).map((comment): HistoryEntry => {
    const entry = byComment.get(comment.id);
    return {
      id: comment.id,
      at: comment.createdAt,
      who: personName(demo, comment.authorId),
      ours: entry?.key !== undefined,
      made: entry?.what === 'ticket.created',
      comment,
      changes: entry ? changesOf(demo, entry) : [],
    };
  });
  const withoutComment = audit
    .filter((entry) => !entry.comment && entry.what !== 'write.refused')
    .map((entry, at): HistoryEntry => ({
      id: `change-${at}`,
      at: entry.at,
      who: personName(demo, entry.who),
      ours: entry.key !== undefined,
      made: false,
      changes: changesOf(demo, entry),
    }))
    .filter(({ changes }) => changes.length > 0);
  return [...comments, ...withoutComment].sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
}

/** The changes of an entry of the audit log, in words. */
function changesOf(demo: DemoState, { changes = {} }: AuditEntry): HistoryEntry['changes'] {
  return Object.entries(changes).flatMap(([key, value]) => {
    if (value === undefined || key === 'subject') return [];
    const text = String(value);
    if (key === 'status') return [{ label: 'Status', value: statusWords[text as TicketStatus] ?? text }];
    if (key === 'assigneeId') return [{ label: 'Assignee', value: personName(demo, text) }];
    if (key === 'mergedInto') return [{ label: 'Merged into', value: `#${text}` }];
    if (key === 'followUpOf') return [{ label: 'Follow-up of', value: `#${text}` }];
    const field = demo.host.fields.find(({ on, id }) => on === 'ticket' && id === key);
    return [{ label: field?.title ?? `Field ${key}`, value: fieldWords(value, field?.type) }];
  });
}
