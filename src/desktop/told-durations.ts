import type { Durations } from '../domain/session.js';
import { durationsIn } from '../telephony/event-parts.js';
import type { ActiveSession, Telephony } from '../telephony/telephony.js';

const latest = 20;

/** R27, X3–X7: of a session whose end was missed, the figures of the platform's own list; of one that never was connected, that. */
export async function toldDurations(
  { id, connectedAt }: ActiveSession,
  telephony: Pick<Telephony, 'history'>,
): Promise<Partial<Durations>> {
  const known = connectedAt === undefined ? { talk: 0 } : {};
  try {
    const page = await telephony.history?.({ limit: latest });
    const told = page?.items.find(({ session }) => session.id === id);
    return told ? durationsIn(told.durations) : known;
  } catch {
    return known;
  }
}
