import type { TicketWrite } from '../crm/crm-host.js';
import type { FieldValue } from '../domain/contact.js';
import type { Comment } from '../domain/ticket.js';
import { utcTime } from '../domain/utc-time.js';
import type { IntentOf } from '../records/intent.js';

type WriteIntent = IntentOf<'write-ticket'>;

/** Between the parts of a comment that was put together, with the time of each but the first. */
const separator = '\n\n';

/** What a write to a ticket says, but for how it is sent. */
export type FoldedWrite = Pick<TicketWrite, 'comment' | 'assigneeId' | 'fields'> & { reopen: boolean };

/**
 * How many of a ticket's writes, from the first on, may go out as one: consecutive comments of one author become one
 * comment, comments of different authors never do, and a recording or a file stands alone.
 */
export function foldable(intents: readonly WriteIntent[]): number {
  let author: string | undefined | null = null;
  let alone = false;
  for (const [at, { comment }] of intents.entries()) {
    if (!comment) continue;
    const carries = comment.recording !== undefined || (comment.attachments?.length ?? 0) > 0;
    if (author !== null && (carries || alone || comment.authorId !== author)) return at;
    author = comment.authorId;
    alone = carries;
  }
  return intents.length;
}

/** The writes as one: the last value of a field wins, the comments keep their order and say when each was. */
export function folded(intents: readonly WriteIntent[]): FoldedWrite {
  const comments = intents.flatMap(({ comment, at }) => (comment ? [{ comment, at }] : []));
  const assigneeId = intents.findLast((intent) => intent.assigneeId !== undefined)?.assigneeId;
  const fields: Record<string, FieldValue> = Object.assign({}, ...intents.map((intent) => intent.fields ?? {}));
  const comment = together(comments);
  return {
    ...(comment && { comment }),
    ...(assigneeId !== undefined && { assigneeId }),
    ...(Object.keys(fields).length > 0 && { fields }),
    reopen: intents.some(({ reopenPlatformTicket }) => reopenPlatformTicket === true),
  };
}

function together(parts: readonly { comment: Comment; at: string }[]): Comment | undefined {
  const [first, ...others] = parts;
  if (!first || others.length === 0) return first?.comment;
  const timed = parts.map(({ comment, at }) => `${utcTime(at)}\n${comment.body}`);
  return { ...first.comment, body: timed.join(separator) };
}
