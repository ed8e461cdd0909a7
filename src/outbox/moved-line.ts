import { isLive, type Ticket } from '../domain/ticket.js';
import { sessionKey } from '../domain/write-key.js';
import { isOpen, isWrite, type OutboxRow, type WriteRow } from './outbox-row.js';

const isOfSession = ({ key }: OutboxRow, sessionId: string): boolean => key.startsWith(sessionKey(sessionId, ''));

/**
 * R35: whether the line about the correction also solves the ticket: its session has made the ticket, no other session
 * of this desktop is on it, and the session's own write is the last. The ticket's stamp guards the write against others.
 */
export function solves(
  row: WriteRow,
  ticket: Ticket & { stamp: string },
  rows: readonly OutboxRow[],
  ticketOf: (row: WriteRow) => string | undefined,
): boolean {
  const { moved, sessionId } = row.intent;
  if (!moved || row.plain || row.group !== undefined) return false;
  if (ticket.origin?.sessionId !== sessionId || !isLive(ticket)) return false;
  const isOnTicket = (one: OutboxRow) =>
    one.made?.ticketId === ticket.id || (isOpen(one) && isWrite(one) && ticketOf(one) === ticket.id);
  const onTicket = rows.filter(isOnTicket);
  return (
    onTicket.every((one) => isOfSession(one, sessionId)) && onTicket.some(({ made }) => made?.stamp === ticket.stamp)
  );
}

/** R35: a closed ticket gets no line, unless the session goes on in a follow-up ticket. */
export const lapses = ({ intent }: WriteRow, followUp: string | undefined): boolean =>
  intent.moved === true && !followUp?.startsWith(sessionKey(intent.sessionId, ''));
