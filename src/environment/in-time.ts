import type { Timers } from './environment.js';

export interface Patience {
  timers: Timers;
  milliseconds: number;
  /** Makes the error for a late answer. */
  tooLate: () => Error;
  /** Aborts the request before the time limit. The aborted request itself decides how it settles. */
  given?: AbortSignal | undefined;
}

/** Resolves with the answer. After `milliseconds` without one, rejects with `tooLate()` and aborts the request. */
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

/** Resolves after so many milliseconds. */
export const pause = (timers: Timers, milliseconds: number): Promise<void> =>
  new Promise((resolve) => timers.setTimeout(resolve, milliseconds));
