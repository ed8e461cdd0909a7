import { isChat, isWithoutTicket, type Channel, type Session } from '../domain/session.js';
import type { Settings } from '../domain/settings.js';
import type { Known, RecordEvent } from './rule.js';

/** X1: the type of a session, for reports. The same in every language. */
const titles: Readonly<Record<Channel, string>> = {
  'ivr-call': 'Inbound call',
  'mobile-call': 'Mobile call',
  'web-call': 'Web call',
  'outbound-call': 'Outbound call',
  'internal-call': 'Internal call',
  'mobile-chat': 'Mobile chat',
  'web-chat': 'Web chat',
};

export const channelTitle = (channel: Channel): string => titles[channel];

/** Whether the session came from a web or mobile SDK (X1–X10). */
export const isFromSdk = ({ channel }: Pick<Session, 'channel'>): boolean =>
  channel.startsWith('web-') || channel.startsWith('mobile-');

/** S4, R25, R29: whether nothing is ever written for a session. */
export const writesNothing = (session: Session): boolean =>
  isWithoutTicket(session) || session.channel === 'internal-call' || session.blocked === true;

/** R1, R4, R5, R26: whether the session is recorded on a ticket with this event. */
export function startsRecord(event: RecordEvent, { session }: Pick<Known, 'session'>, settings: Settings): boolean {
  switch (event.type) {
    case 'session.created':
      return session.direction === 'outbound';
    case 'session.assigned':
    case 'voicemail.received':
      return true;
    case 'session.abandoned':
      return settings.tickets.forAbandonedCalls && !isChat(session);
    default:
      return false;
  }
}
