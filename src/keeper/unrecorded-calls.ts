import { writesNothing } from '../records/session-kind.js';
import type { SessionEvent } from '../telephony/platform-event.js';
import type { SessionSummary } from '../telephony/telephony.js';

/**
 * R3, B5: the agent's finished outbound calls that have no ticket at the platform. The page that took their events may
 * have crashed.
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
 * The end of such a call, from the platform's list. Without a start it counts as now. The ids are derived: twice is
 * once.
 */
export function endOf({ session, startedAt, durations }: SessionSummary, now: number): readonly SessionEvent[] {
  const ended = Date.parse(startedAt) + durations.total * 1000;
  const at = new Date(Number.isNaN(ended) ? now : ended).toISOString();
  const frame = (type: string) => ({ id: `missed:${session.id}:${type}`, at, sessionId: session.id });
  return [
    // R27: the list does not say who ended the call.
    { ...frame('ended'), type: 'session.ended', durations } as SessionEvent,
    { ...frame('closed'), type: 'session.closed' },
  ];
}
