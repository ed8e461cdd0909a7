import type { OutboxEntry } from '../outbox/outbox.js';
import type { PlatformEvent } from '../telephony/platform-event.js';
import type { DesktopEvent } from './desktop-event.js';
import type { KeeperProblem } from '../keeper/problem.js';

type Log = Omit<Extract<DesktopEvent, { type: 'log' }>, 'type'>;

/**
 * The entries of the masked log: which event of which session, and which write in which state, as codes and session
 * ids. Never a number, a name, a person's text, or a message of the CRM, which could contain them.
 */
export const logged = {
  platform: (event: PlatformEvent): Log => ({
    level: 'info',
    message: 'sessionId' in event ? `${event.type} ${event.sessionId}` : event.type,
  }),

  entry: ({ intent: { kind, sessionId }, state, tries, failure }: OutboxEntry): Log => ({
    level: state === 'dead' || state === 'parked' ? 'warning' : 'info',
    message: `${kind} of ${sessionId}: ${state}, try ${tries}${failure ? `, ${failure.code}` : ''}`,
  }),

  problem: ({ code, sessionId, event, part }: KeeperProblem): Log => ({
    level: 'warning',
    message: [code, sessionId, event, part].filter(Boolean).join(' '),
  }),

  tab: (what: 'leads' | 'follows' | 'logged out'): Log => ({ level: 'info', message: `this tab ${what}` }),
};
