import { filled } from '../domain/filled.js';
import { footText, type Ticket } from '../domain/ticket.js';
import { sessionKey, stepOf } from '../domain/write-key.js';
import type { Intent, IntentOf, Ref } from '../records/intent.js';
import { isOnItsWay, isWaiting, isWrite, type OutboxRow, type WriteRow } from './outbox-row.js';

/** A row of version 0.1.0 has no words. */
const lineOfEarlierVersion = 'Follow-up of #{ticket}, which was closed meanwhile.';

const followUpStep = (ticketId: string): string => stepOf('follow-up', { id: ticketId });

/** Whether `key` creates the follow-up of the ticket `ticketId`, in any session. */
export const isFollowUpOf = (key: string, ticketId: string): boolean => key.endsWith(`/${followUpStep(ticketId)}`);

/**
 * R12: the intent that creates the follow-up of a closed ticket. All sessions share one follow-up. R21: the follow-up
 * names its session, unless one of the moved comments does. X1–X10: the follow-up has the session's fields.
 */
export function followUpOf(moved: readonly IntentOf<'write-ticket'>[], closed: Ticket): Intent {
  const { at, sessionId, origin, about, filled: fields, assigneeId, comment, words } = moved[0]!;
  const isDescribed = about === undefined || moved.some((intent) => intent.comment?.body.includes(about));
  const line = (comment?.words ?? words)?.followUp ?? lineOfEarlierVersion;
  const assignee = assigneeId ?? comment?.authorId ?? closed.assigneeId;
  return {
    kind: 'create-ticket',
    key: sessionKey(sessionId, followUpStep(closed.id)),
    sessionId,
    at,
    contact: { id: closed.contactId },
    draft: {
      subject: closed.subject,
      comment: {
        body: [filled(line, { ticket: closed.id }), ...(isDescribed ? [] : [about])].join('\n'),
        foot: footText('follow_up', sessionId),
        public: false,
        ...(comment?.authorId !== undefined && { authorId: comment.authorId }),
      },
      ...(assignee !== undefined && { assigneeId: assignee }),
      ...(fields && { fields }),
      origin,
      followUpOf: closed.id,
    },
  };
}

/**
 * R12: the rows that move from a merged or closed ticket to the other ticket: `found`, and the rows behind it. A row
 * that the CRM may have applied, or that is claimed, stays until its outcome is known. The rows behind that row stay
 * too.
 */
export function goingOn(
  ofTicket: readonly WriteRow[],
  found: readonly OutboxRow[],
  isBusy: (row: OutboxRow) => boolean,
): readonly WriteRow[] {
  const isFound = ({ key }: OutboxRow) => found.some((row) => row.key === key);
  const lane = ofTicket.filter((row) => isFound(row) || isWaiting(row));
  const stays = lane.findIndex((row) => !isFound(row) && (row.maybeApplied || isBusy(row)));
  return stays < 0 ? lane : lane.slice(0, stays);
}

/**
 * B3, R12: the ticket to which earlier rows have moved, while one of those rows still waits. Later rows must follow the
 * earlier rows, in order.
 */
export const goneBefore = (rows: readonly OutboxRow[], ticketId: string): Ref | undefined =>
  rows.find((row): row is WriteRow => row.from === ticketId && isWrite(row) && (isWaiting(row) || isOnItsWay(row)))
    ?.intent.ticket;
