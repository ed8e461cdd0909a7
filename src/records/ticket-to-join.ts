import { isChat, type Session } from '../domain/session.js';
import { isLive, newestFirst, type Ticket } from '../domain/ticket.js';

/**
 * R7, R8: the newest live ticket of the same menu selection (queue id) that a session of the same channel made; a call
 * joins a voicemail ticket, whatever its channel was.
 */
export function ticketToJoin(session: Session, tickets: readonly Ticket[]): Ticket | undefined {
  const { id, queue, channel } = session;
  // No menu selection is not the same selection.
  if (!queue) return undefined;
  return (
    tickets
      .filter(isLive)
      // Its own ticket is not joined: making it again is answered with the one that is there.
      .filter(({ origin }) => origin?.queueId === queue.id && origin.sessionId !== id)
      .filter(({ origin }) => (origin!.voicemail ? !isChat(session) : origin!.channel === channel))
      .sort(newestFirst)[0]
  );
}
