import { isChat } from './session.js';
import type { Ticket } from './ticket.js';

/** R9: an outbound call makes a ticket Open that began with a call or a voicemail of the platform; any other stays as it is. */
export const reopensOnOutboundCall = ({ origin, status }: Pick<Ticket, 'origin' | 'status'>): boolean =>
  status !== 'open' && origin !== undefined && (origin.voicemail === true || !isChat(origin));
