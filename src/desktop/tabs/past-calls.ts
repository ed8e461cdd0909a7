import type { Environment } from '../../environment/environment.js';
import { pause } from '../../environment/in-time.js';
import type { RecordKeeper } from '../../keeper/record-keeper.js';
import type { Telephony, TelephonyProfile } from '../../telephony/telephony.js';

/** Milliseconds. */
const historyDelay = 5000;
const latestCalls = 20;

interface PastCallsPorts {
  telephony: Telephony;
  environment: Pick<Environment, 'timers'>;
  profile: TelephonyProfile;
  keeper: () => Pick<RecordKeeper, 'takeUp'> | undefined;
  isOver: () => boolean;
}

/**
 * B5: records calls from the platform's history that an earlier page did not record. Waits first, because the calls'
 * events may only be late.
 */
export async function takeUpHistory(ports: PastCallsPorts): Promise<void> {
  const { telephony, environment, profile, keeper, isOver } = ports;
  if (!profile.capabilities.includes('history')) return;
  await pause(environment.timers, historyDelay);
  try {
    const latest = isOver() ? undefined : await telephony.history?.({ limit: latestCalls });
    if (latest && !isOver()) await keeper()?.takeUp(latest.items);
  } catch {
    // The next leader asks for the history again.
  }
}
