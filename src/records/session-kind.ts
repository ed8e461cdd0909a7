import { isChat, isWithoutTicket, type Channel, type Session } from '../domain/session.js';
import type { Settings } from '../domain/settings.js';
import type { SessionEvent } from '../telephony/platform-event.js';
import type { Known } from './rule.js';

interface Words {
  /** For `{{channel}}` in titles (S8). */
  title: string;
  /** The platform's own term. */
  type: string;
}

const words: Readonly<Record<Channel, Words>> = {
  'ivr-call': { title: 'Inbound call', type: 'Voice Inbound (IVR)' },
  'mobile-call': { title: 'Mobile call', type: 'Voice Inbound (Mobile)' },
  'web-call': { title: 'Web call', type: 'Voice Inbound (Web)' },
  'outbound-call': { title: 'Outbound call', type: 'Voice Outbound' },
  'internal-call': { title: 'Internal call', type: 'Voice Internal' },
  'mobile-chat': { title: 'Mobile chat', type: 'Messaging Inbound (Mobile Chat)' },
  'web-chat': { title: 'Web chat', type: 'Messaging Inbound (Web Chat)' },
};

export const channelTitle = (channel: Channel): string => words[channel].title;
export const channelType = (channel: Channel): string => words[channel].type;

/** Whether the session came from a web or mobile SDK (X1–X10). */
export const isFromSdk = ({ channel }: Pick<Session, 'channel'>): boolean =>
  channel.startsWith('web-') || channel.startsWith('mobile-');

/** S4, R25, R29: whether nothing is ever written for a session. */
export const writesNothing = (session: Session): boolean =>
  isWithoutTicket(session) || session.channel === 'internal-call' || session.blocked === true;

/** R1, R4, R5, R26: whether the session is recorded on a ticket with this event. */
export function startsRecord(event: SessionEvent, { session }: Pick<Known, 'session'>, settings: Settings): boolean {
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
