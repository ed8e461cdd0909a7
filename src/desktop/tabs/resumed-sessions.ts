import { own } from '../../domain/own.js';
import type { Settings } from '../../domain/settings.js';
import type { LeaderFact, LeaderState } from '../../machine/leader/leader-state.js';
import type { ActiveSession } from '../../telephony/telephony.js';

export type Resumed = Extract<LeaderFact, { type: 'resumed' }>;

/** The platform's active sessions at sign-in, with the previous leader's state. */
export const resumedSessions = (
  activeSessions: readonly ActiveSession[],
  state: LeaderState,
  settings: Settings,
): readonly Resumed[] =>
  activeSessions.map((session) => {
    const name = own(state.calls, session.id)?.name;
    const kept = {
      recorded: settings.calls.recording,
      ...wrapUpOf(session, settings),
      ...own(state.sessions, session.id)?.context,
    };
    return { type: 'resumed', session, kept, ...(name ? { name } : {}) };
  });

/** A6: computes the end of wrap-up from the settings, because the platform does not send it again after a reload. */
function wrapUpOf({ phase, since, direction }: ActiveSession, { calls }: Settings): { wrapUpUntil?: string } {
  const until = Date.parse(since) + calls.wrapUpSeconds[direction] * 1000;
  return phase === 'wrap-up' && until > Date.parse(since) ? { wrapUpUntil: new Date(until).toISOString() } : {};
}
