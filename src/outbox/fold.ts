import type { TicketWrite } from '../crm/crm-host.js';
import type { FieldValue, Iso } from '../domain/contact.js';
import type { Comment } from '../domain/ticket.js';
import { utcTime } from '../domain/utc-time.js';
import type { Intent, IntentOf } from '../records/intent.js';

type WriteIntent = IntentOf<'write-ticket'>;

/** Between the parts of a comment that was put together. */
const separator = '\n\n';
/** Milliseconds after which the CRM's own time says nothing any more of when it was. */
const late = 5 * 60_000;

/** What is to be written, and when it was accepted. */
interface Accepted<Kind extends Intent> {
  intent: Kind;
  since: number;
}

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
export function folded(rows: readonly Accepted<WriteIntent>[], now: number): FoldedWrite {
  const intents = rows.map(({ intent }) => intent);
  const comments = rows.flatMap(({ intent: { comment, at }, since }) => (comment ? [{ comment, at, since }] : []));
  const assigneeId = intents.findLast((intent) => intent.assigneeId !== undefined)?.assigneeId;
  const fields: Record<string, FieldValue> = Object.assign({}, ...intents.map((intent) => intent.fields ?? {}));
  const comment = together(comments, now);
  return {
    ...(comment && { comment }),
    ...(assigneeId !== undefined && { assigneeId }),
    ...(Object.keys(fields).length > 0 && { fields }),
    reopen: intents.some(({ reopenPlatformTicket }) => reopenPlatformTicket === true),
  };
}

function together(parts: readonly { comment: Comment; at: string; since: number }[], now: number): Comment | undefined {
  const [first, ...others] = parts;
  if (!first || (others.length === 0 && now - first.since < late)) return first?.comment;
  return { ...first.comment, body: parts.map(({ comment, at }) => timed(comment.body, at)).join(separator) };
}

const timed = (body: string, at: Iso): string => `${utcTime(at)}\n${body}`;

/** A ticket that is made late says when it should have been. Once: a second try is the same to the byte. */
export function asOfItsTime({ intent, since }: Accepted<Intent>, now: number): Intent {
  if (intent.kind !== 'create-ticket' || now - since < late) return intent;
  const { draft, at } = intent;
  const { comment } = draft;
  if (comment.body.startsWith(utcTime(at))) return intent;
  return { ...intent, draft: { ...draft, comment: { ...comment, body: timed(comment.body, at) } } };
}
