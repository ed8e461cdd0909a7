import type { OutboxEntry } from '../outbox/outbox.js';
import type { PlatformEvent } from '../telephony/platform-event.js';
import type { DesktopEvent } from './desktop-event.js';
import type { KeeperProblem } from '../keeper/problem.js';

type Log = Omit<Extract<DesktopEvent, { type: 'log' }>, 'type'>;

/**
 * Makes the entries of the masked log. They name events, writes and their states by codes and session ids. They contain
 * no number, no name, no text of a person and no message of the CRM, which could contain one of them.
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
