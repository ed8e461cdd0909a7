import type { Environment } from '../environment/environment.js';
import type { Durations } from '../domain/session.js';
import { durationsIn } from '../telephony/event-parts.js';
import type { ActiveSession, Telephony } from '../telephony/telephony.js';
import { inCommandTime } from '../keeper/command-time.js';

const maxListed = 20;

/** R27, X3–X7: the durations of a session whose end was missed, as far as the platform's history has them. */
export async function listedDurations(
  { id }: Pick<ActiveSession, 'id'>,
  telephony: Pick<Telephony, 'history'>,
  environment: Pick<Environment, 'timers'>,
): Promise<Partial<Durations>> {
  try {
    const page = await inCommandTime(environment, 'list the last calls', async () =>
      telephony.history?.({ limit: maxListed }),
    );
    const listed = page?.items.find(({ session }) => session.id === id);
    return durationsIn(listed?.durations);
  } catch {
    return {};
  }
}
