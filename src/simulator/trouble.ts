import type { Timers } from '../environment/environment.js';
import type { Telephony } from '../telephony/telephony.js';
import { TelephonyError, type TelephonyErrorCode } from '../telephony/telephony-error.js';

export type Command = Exclude<keyof Telephony, 'subscribe'>;

/** A failure of a command: an error code, `never` (no effect and no answer), or `lost` (the effect, but no answer). */
export type CommandFailure = TelephonyErrorCode | 'never' | 'lost';

/** Failures by command. `status` stands for `setStatus` and `setNextStatus`. `latencyMs` delays every command. */
export type CommandTrouble = { latencyMs?: number } & Partial<Record<Command | 'status', CommandFailure>>;

const messages: Record<TelephonyErrorCode, string> = {
  'microphone-denied': 'The browser refuses the microphone.',
  'no-device': 'There is no microphone.',
  restricted: 'The platform does not allow this.',
  'not-available': 'The platform cannot do this now.',
  'busy-elsewhere': 'The phone is in use elsewhere.',
  unsupported: 'The platform cannot do this.',
  offline: 'There is no connection to the platform.',
  timeout: 'The platform did not answer in time.',
  invalid: 'The platform refused the values.',
};

/** Waits for the latency, and then runs the command or fails. */
export async function withTrouble<T>(
  trouble: CommandTrouble,
  timers: Timers,
  command: Command,
  work: () => T | Promise<T>,
): Promise<T> {
  const failure = trouble[command] ?? (command.endsWith('Status') ? trouble.status : undefined);
  const { latencyMs = 0 } = trouble;
  if (latencyMs > 0) await new Promise<void>((resolve) => void timers.setTimeout(resolve, latencyMs));
  if (failure === 'never') return new Promise<T>(() => {});
  if (failure !== undefined && failure !== 'lost') throw new TelephonyError(failure, messages[failure]);
  const answer = await work();
  return failure === 'lost' ? new Promise<T>(() => {}) : answer;
}
