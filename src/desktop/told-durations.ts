import type { Durations } from '../domain/session.js';
import { durationsIn } from '../telephony/event-parts.js';
import type { ActiveSession, Telephony } from '../telephony/telephony.js';

const latest = 20;

/** R27, X3–X7: the figures of a session whose end was missed, as far as the platform's own list has them. */
export async function toldDurations(
  { id }: Pick<ActiveSession, 'id'>,
  telephony: Pick<Telephony, 'history'>,
): Promise<Partial<Durations>> {
  try {
    const page = await telephony.history?.({ limit: latest });
    const told = page?.items.find(({ session }) => session.id === id);
    return durationsIn(told?.durations);
  } catch {
    return {};
  }
}
