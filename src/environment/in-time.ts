import type { Timers } from './environment.js';

export interface Patience {
  timers: Timers;
  milliseconds: number;
  /** What is said when nobody has answered by then. */
  tooLate: () => Error;
  /** Gives up before that: what is asked is aborted, and says itself what becomes of it. */
  given?: AbortSignal | undefined;
}

/** The answer, or a rejection with `tooLate()` when it does not come in time; then what is asked is aborted too. */
export async function inTime<T>(ask: (signal: AbortSignal) => Promise<T>, patience: Patience): Promise<T> {
  const { timers, milliseconds, tooLate, given } = patience;
  const controller = new AbortController();
  const giveUp = () => controller.abort(given?.reason);
  if (given?.aborted) giveUp();
  given?.addEventListener('abort', giveUp, { once: true });
  let timer: unknown;
  const silence = new Promise<never>((_, reject) => {
    timer = timers.setTimeout(() => {
      reject(tooLate());
      controller.abort();
    }, milliseconds);
  });
  try {
    return await Promise.race([ask(controller.signal), silence]);
  } finally {
    timers.clearTimeout(timer);
    given?.removeEventListener('abort', giveUp);
  }
}
