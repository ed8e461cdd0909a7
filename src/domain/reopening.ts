import { isChat } from './session.js';
import type { Ticket } from './ticket.js';

/**
 * R9: whether an outbound call sets a ticket to Open. It does if a call or voicemail of the platform made the ticket.
 */
export const reopensOnOutboundCall = ({ origin, status }: Pick<Ticket, 'origin' | 'status'>): boolean =>
  status !== 'open' && origin !== undefined && (origin.voicemail === true || !isChat(origin));
