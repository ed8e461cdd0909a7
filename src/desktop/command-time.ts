import type { Environment } from '../domain/environment.js';
import { TelephonyError } from '../telephony/telephony-error.js';

const commandWait = 15_000;

/** A platform that never answers is a failure with a way out; the command may have been taken all the same. */
export async function inCommandTime<T>({ timers }: Environment, what: string, ask: () => Promise<T>): Promise<T> {
  let timer: unknown;
  const silence = new Promise<never>((_, reject) => {
    timer = timers.setTimeout(
      () => reject(new TelephonyError('timeout', `The platform did not answer when asked to ${what}.`)),
      commandWait,
    );
  });
  try {
    return await Promise.race([Promise.resolve().then(ask), silence]);
  } finally {
    timers.clearTimeout(timer);
  }
}
