import { isChat, type Session } from '../domain/session.js';
import { isLive, newestFirst, type Ticket } from '../domain/ticket.js';

/**
 * R7, R8: the ticket that a session joins: the newest live ticket that a session of the same channel and menu selection
 * (queue id) made. A call joins a voicemail's ticket of any channel.
 */
export function ticketToJoin(session: Session, tickets: readonly Ticket[]): Ticket | undefined {
  const { id, queue, channel } = session;
  // Two sessions without a menu selection do not have the same one.
  if (!queue) return undefined;
  return (
    tickets
      .filter(isLive)
      // A session does not join its own ticket. Its creation key finds that one.
      .filter(({ origin }) => origin?.queueId === queue.id && origin.sessionId !== id)
      .filter(({ origin }) => (origin!.voicemail ? !isChat(session) : origin!.channel === channel))
      .sort(newestFirst)[0]
  );
}
