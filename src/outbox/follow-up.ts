import type { Ticket } from '../domain/ticket.js';
import { sessionKey, stepOf } from '../domain/write-key.js';
import type { Intent, IntentOf, Ref } from '../records/intent.js';
import { isOnItsWay, isWaiting, isWrite, type OutboxRow, type WriteRow } from './outbox-row.js';

const followUpStep = (ticketId: string): string => stepOf('follow-up', { id: ticketId });

/** Whether it is the key of a ticket's follow-up, whichever session found out that it is closed. */
export const isFollowUpOf = (key: string, ticketId: string): boolean => key.endsWith(`/${followUpStep(ticketId)}`);

/**
 * R12: the ticket that goes on where one was closed and not merged. Made once, whoever finds out first. R21: it says what
 * session it is for, unless what is written to it first says so; X1–X10: with the session's fields.
 */
export function followUpOf(moved: readonly IntentOf<'write-ticket'>[], closed: Ticket): Intent {
  const { at, sessionId, origin, about, filled, assigneeId, comment } = moved[0]!;
  const isDescribed = about === undefined || moved.some((intent) => intent.comment?.body.includes(about));
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
        body: `Follow-up of #${closed.id}, which was closed meanwhile.${isDescribed ? '' : `\n${about}`}`,
        public: false,
        ...(comment?.authorId !== undefined && { authorId: comment.authorId }),
      },
      ...(assignee !== undefined && { assigneeId: assignee }),
      ...(filled && { fields: filled }),
      origin,
      followUpOf: closed.id,
    },
  };
}

/**
 * R12: what of a ticket's lane goes on together with those that found out that it is another one. What may have been applied
 * there, or is being changed, is looked at there first; and what is behind it stays behind.
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

/** B3, R12: where others of the ticket have gone before and still wait: what comes behind them does not overtake them. */
export const goneBefore = (rows: readonly OutboxRow[], ticketId: string): Ref | undefined =>
  rows.find((row): row is WriteRow => row.from === ticketId && isWrite(row) && (isWaiting(row) || isOnItsWay(row)))
    ?.intent.ticket;
