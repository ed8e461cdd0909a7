import type { TicketWrite } from '../crm/crm-host.js';
import type { FieldValue, Iso } from '../domain/contact.js';
import { bytesOf, commentText, longestText, type Comment } from '../domain/ticket.js';
import { utcTime } from '../domain/utc-time.js';
import type { Intent, IntentOf } from '../records/intent.js';

type WriteIntent = IntentOf<'write-ticket'>;

/** Separates the parts of a combined comment. */
const separator = '\n\n';
/**
 * Milliseconds. A comment that the outbox writes later than this says the event's time, because the CRM shows the time
 * of the write.
 */
const late = 5 * 60_000;

/** Bytes that a combined comment has besides the texts of its parts: its time, if it is late, and the separator. */
const besides = 100;

/** An intent, and when the outbox accepted it. */
interface Accepted<Kind extends Intent> {
  intent: Kind;
  since: number;
}

/** The contents of a write to a ticket. */
export type FoldedWrite = Pick<TicketWrite, 'comment' | 'assigneeId' | 'fields'> & { reopen: boolean };

/**
 * How many of a ticket's first writes the outbox may send as one. Consecutive comments of one author become one
 * comment, up to the longest text of a comment. A comment with a file goes alone.
 */
export function foldable(intents: readonly WriteIntent[]): number {
  let author: string | undefined | null = null;
  let alone = false;
  let size = 0;
  for (const [at, { comment }] of intents.entries()) {
    if (!comment) continue;
    const carries = hasFile(comment);
    size += bytesOf(comment) + besides;
    if (author !== null && (carries || alone || size > longestText || comment.authorId !== author)) return at;
    author = comment.authorId;
    alone = carries;
  }
  return intents.length;
}

/** Whether the comment has a file, or a recording whose place only the host can tell. A link stands in the text. */
const hasFile = ({ recording, attachments = [] }: Comment): boolean =>
  (recording !== undefined && (recording.file !== undefined || recording.url === undefined)) || attachments.length > 0;

/** Combines the writes. The last value of a field wins. The comments keep their order. */
export function folded(rows: readonly Accepted<WriteIntent>[], now: number): FoldedWrite {
  const intents = rows.map(({ intent }) => intent);
  const comments = rows.flatMap((row) => {
    const { comment, at } = row.intent;
    return comment ? [{ comment, at, isLate: isLate(row, now) }] : [];
  });
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

function together(parts: readonly { comment: Comment; at: string; isLate: boolean }[]): Comment | undefined {
  const timely = parts.map(({ comment, at, isLate }) => (isLate ? timed(comment, at) : comment));
  const last = timely.at(-1);
  if (!last || timely.length === 1) return last;
  // R32: each card keeps its headline and its foot. The last foot stays the last line.
  const before = timely.slice(0, -1).map(commentText);
  const { foot: _, ...first } = timely[0]!;
  const { foot, body } = last;
  return { ...first, ...(foot !== undefined && { foot }), body: [...before, body].join(separator) };
}

const isLate = ({ intent, since }: Accepted<Intent>, now: number): boolean =>
  intent.late === true || now - since >= late;

/** R32: the comment with its time in the headline. A row of an earlier version has no words for that. */
function timed(comment: Comment, at: Iso): Comment {
  const { body, words } = comment;
  if (words?.late === undefined) return { ...comment, body: `${utcTime(at)}\n${body}` };
  const [headline = '', ...lines] = body.split('\n');
  return { ...comment, body: [`${headline} · ${words.late}`, ...lines].join('\n') };
}

/**
 * Adds the session's time to a ticket that is created late. A second call changes nothing, so that every try sends the
 * same bytes.
 */
export function asOfItsTime(row: Accepted<Intent>, now: number): Intent {
  const { intent } = row;
  if (intent.kind !== 'create-ticket' || !isLate(row, now)) return intent;
  const { draft, at } = intent;
  const { comment } = draft;
  const [headline = ''] = comment.body.split('\n');
  const isTimed = comment.words?.late === undefined ? headline === utcTime(at) : headline.endsWith(comment.words.late);
  return isTimed ? intent : { ...intent, draft: { ...draft, comment: timed(comment, at) } };
}
