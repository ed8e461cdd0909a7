import type { Environment } from '../environment/environment.js';
import { inTime } from '../environment/in-time.js';
import { TelephonyError } from '../telephony/telephony-error.js';

const commandWait = 15_000;

/**
 * Rejects with `timeout` when the platform does not answer in 15 seconds. The platform may still run the command.
 */
export const inCommandTime = <T>(
  { timers }: Pick<Environment, 'timers'>,
  what: string,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T> =>
  inTime(ask, {
    timers,
    milliseconds: commandWait,
    tooLate: () => new TelephonyError('timeout', `The platform did not answer when asked to ${what}.`),
  });
