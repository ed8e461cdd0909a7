import { writesNothing } from '../records/session-kind.js';
import type { SessionEvent } from '../telephony/platform-event.js';
import type { SessionSummary } from '../telephony/telephony.js';

/**
 * R3, B5: the agent's finished outbound calls for which the platform has no ticket. The page that took their events
 * may have crashed.
 */
export const unrecorded = (history: readonly SessionSummary[], agentId?: string): readonly SessionSummary[] =>
  history.filter(
    ({ session }) =>
      session.direction === 'outbound' &&
      (agentId === undefined || session.agentId === agentId) &&
      session.association !== undefined &&
      session.record?.ticketId === undefined &&
      !writesNothing(session),
  );

/**
 * The end events of an unrecorded call, from the platform's list. Without a start, the call ends `now`. The events' ids
 * depend on the session only, so that the keeper recognises repeated events.
 */
export function endOf({ session, startedAt, durations }: SessionSummary, now: number): readonly SessionEvent[] {
  const ended = Date.parse(startedAt) + durations.total * 1000;
  const at = new Date(Number.isNaN(ended) ? now : ended).toISOString();
  const frame = (type: string) => ({ id: `missed:${session.id}:${type}`, at, sessionId: session.id });
  return [
    // R27: the event cannot say who ended the call, because the platform's list does not.
    { ...frame('ended'), type: 'session.ended', durations } as SessionEvent,
    { ...frame('closed'), type: 'session.closed' },
  ];
}
