import type { Timers } from '../environment/environment.js';
import type { Telephony } from '../telephony/telephony.js';
import { TelephonyError, type TelephonyErrorCode } from '../telephony/telephony-error.js';

export type Command = Exclude<keyof Telephony, 'subscribe'>;

/** An error; `never`: nothing happens and no answer comes; `lost`: it happens and no answer comes. */
export type CommandFailure = TelephonyErrorCode | 'never' | 'lost';

/** What goes wrong with commands from now on; `status` stands for `setStatus` and `setNextStatus`. */
export type CommandTrouble = { latencyMs?: number } & Partial<Record<Command | 'status', CommandFailure>>;

const messages: Record<TelephonyErrorCode, string> = {
  'microphone-denied': 'The browser refuses the microphone.',
  'no-device': 'There is no microphone.',
  restricted: 'The platform does not allow this.',
  'not-available': 'The platform cannot do this now.',
  'busy-elsewhere': 'The line is in use elsewhere.',
  unsupported: 'The platform cannot do this.',
  offline: 'There is no connection to the platform.',
  timeout: 'The platform did not answer in time.',
  invalid: 'The platform refused the values.',
};

/** Runs a command after the latency, or fails in its place. */
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
