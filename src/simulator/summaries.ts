import type { Clock } from '../environment/environment.js';
import { outcomeOf } from '../domain/outcome.js';
import type { SessionSummary } from '../telephony/telephony.js';
import { isChatSession, type SimulatedSession } from './simulated-session.js';
import { durationsOf, plainSession } from '../telephony/sessions.js';

const isOver = ({ endedAt, place, seen }: SimulatedSession): boolean =>
  seen && endedAt !== undefined && place === 'over';

/** The ended sessions that the agent had or missed, the newest first. */
export const historyOf = (sessions: readonly SimulatedSession[]): SessionSummary[] =>
  sessions
    .filter((simulated) => isOver(simulated) || simulated.missed)
    .sort((first, second) => second.createdAt - first.createdAt)
    .map((simulated) => {
      const durations = durationsOf(simulated);
      const missed = simulated.missed && simulated.connectedAt === undefined;
      return {
        session: plainSession(simulated.session),
        startedAt: new Date(simulated.createdAt).toISOString(),
        durations,
        missed,
        outcome: outcomeOf(simulated.failReason, durations),
      };
    });

/**
 * The agent's statistics of the current UTC day: `calls`, `chats` and `talkSeconds`. If there are ratings, `csat` is
 * their mean.
 */
export function statisticsOf(sessions: readonly SimulatedSession[], clock: Clock): Record<string, number> {
  const day = new Date(clock.now()).toISOString().slice(0, 10);
  const today = sessions.filter(
    (simulated) => isOver(simulated) && new Date(simulated.createdAt).toISOString().startsWith(day),
  );
  const connected = today.filter(({ connectedAt }) => connectedAt !== undefined);
  const ratings = today.flatMap(({ rating }) => (rating === undefined ? [] : [rating]));
  const talkSeconds = connected.reduce((sum, simulated) => sum + durationsOf(simulated).talk, 0);
  const mean = ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length;
  return {
    calls: connected.filter((simulated) => !isChatSession(simulated)).length,
    chats: connected.filter(isChatSession).length,
    talkSeconds,
    ...(ratings.length && { csat: Math.round(mean * 10) / 10 }),
  };
}
