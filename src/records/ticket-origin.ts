import type { Session } from '../domain/session.js';
import type { TicketOrigin } from '../domain/ticket.js';

/** What a ticket says of the session that made it. */
export const originOf = ({ id, channel, queue, voicemail }: Session): TicketOrigin => ({
  sessionId: id,
  channel,
  ...(queue ? { queueId: queue.id } : {}),
  ...(voicemail ? { voicemail } : {}),
});
