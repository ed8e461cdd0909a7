import { writesNothing } from '../records/session-kind.js';
import type { SessionEvent } from '../telephony/platform-event.js';
import type { SessionSummary } from '../telephony/telephony.js';

/**
 * R3, B5: calls that this agent has placed, that are over, and of which the platform was told no ticket: whoever heard of
 * them may have died with it.
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

/** How such a call ended, as far as the platform's list tells; without a time it was now. Told twice it does nothing. */
export function endOf({ session, startedAt, durations }: SessionSummary, now: number): readonly SessionEvent[] {
  const ended = Date.parse(startedAt) + durations.total * 1000;
  const at = new Date(Number.isNaN(ended) ? now : ended).toISOString();
  const frame = (type: string) => ({ id: `missed:${session.id}:${type}`, at, sessionId: session.id });
  return [
    // R27: who ended it is not in the list.
    { ...frame('ended'), type: 'session.ended', durations } as SessionEvent,
    { ...frame('closed'), type: 'session.closed' },
  ];
}
