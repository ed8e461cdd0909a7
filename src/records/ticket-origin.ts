import type { Session } from '../domain/session.js';
import type { TicketOrigin } from '../domain/ticket.js';

/** The origin of a ticket that this session makes. */
export const originOf = ({ id, channel, queue, voicemail }: Session, correction?: number): TicketOrigin => ({
  sessionId: id,
  ...(correction ? { correction } : {}),
  channel,
  ...(queue ? { queueId: queue.id } : {}),
  ...(voicemail ? { voicemail } : {}),
});
