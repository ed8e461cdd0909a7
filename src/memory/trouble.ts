import { CrmError, type CrmErrorCode } from '../crm/crm-error.js';
import type { CrmHost } from '../crm/crm-host.js';
import type { Timers } from '../environment/environment.js';

/** What can be slow or fail. */
export type Operation = Extract<
  keyof CrmHost,
  | `find${string}`
  | `get${string}`
  | `create${string}`
  | `list${string}`
  | `open${string}`
  | 'writeTickets'
  | 'saveSettings'
>;

/**
 * An error; `never`: no answer at all, the abort signal ends the wait; `nonsense`: an answer of a wrong shape;
 * `late`: a time-out now, and the effect `lateMs` after it.
 */
export type Failure = CrmErrorCode | 'never' | 'nonsense' | 'late';

/** What goes wrong from now on. `'*'` stands for every operation that is not named. */
export interface Trouble {
  /** Half of it before an effect, half after. */
  latencyMs: number;
  /** What fails so has no effect, but for `late`. */
  fail: Partial<Record<Operation | '*', Failure>>;
  /** Writes take effect, and the answer is lost: a time-out with the outcome `unknown`. */
  loseAnswers: boolean;
  /** The part of calls that `fail` and `loseAnswers` meet, 0 to 1; of a batch below 1: the part of its writes. */
  rate: number;
  /** Seconds, with `rate-limited` and `unavailable`. */
  retryAfter?: number;
  lateMs: number;
  /** How long after a change the look-ups do not find a new contact or ticket. */
  indexLagMs: number;
}

export const noTrouble: Trouble = { latencyMs: 0, fail: {}, loseAnswers: false, rate: 1, lateMs: 5000, indexLagMs: 0 };

const ambiguous: readonly CrmErrorCode[] = ['timeout', 'unavailable'];

/** Answers late, wrongly or not at all, as it is told. */
export class FaultInjector {
  now: Trouble = { ...noTrouble };
  /** Everything is refused as `unauthorized`. */
  signedOut = false;
  #timers: Timers;
  #random: () => number;
  #once: { operation: Operation | '*'; failure: Failure | 'lost' }[] = [];

  constructor(timers: Timers, random: () => number) {
    this.#timers = timers;
    this.#random = random;
  }

  /** The next calls of this operation fail so, before what `fail` says. */
  next(operation: Operation | '*', failure: Failure | 'lost', times: number): void {
    for (let call = 0; call < times; call++) this.#once.push({ operation, failure });
  }

  /** Runs `work` in the middle of the wait, or fails in its place. */
  async run<T>(
    operation: Operation,
    work: () => T | Promise<T>,
    { signal, writes = false }: { signal?: AbortSignal; writes?: boolean } = {},
  ): Promise<T> {
    signal?.throwIfAborted();
    const failure = this.#drawFor(operation, writes);
    const { latencyMs } = this.now;
    if (latencyMs > 0) await this.wait(Math.floor(latencyMs / 2), signal);
    if (failure === 'never') return this.#never<T>(signal);
    if (failure === 'late') this.#later(work);
    if (failure && failure !== 'nonsense' && failure !== 'lost')
      throw this.error(failure === 'late' ? 'timeout' : failure);
    const answer = failure === 'nonsense' ? (nonsense as T) : await work();
    if (latencyMs > 0) await this.wait(Math.ceil(latencyMs / 2), signal);
    signal?.throwIfAborted();
    if (failure === 'lost') throw new CrmError('timeout', 'The answer was lost.', { outcome: 'unknown' });
    return answer;
  }

  /** What a write of a batch fails with, where only a part of them does. */
  drawForWrite(): CrmErrorCode | undefined {
    if (this.now.rate >= 1) return undefined;
    const failure = this.now.fail.writeTickets ?? this.now.fail['*'];
    return isCode(failure) && this.#hits() ? failure : undefined;
  }

  /** Waits with the injected timers; an abort ends it with the signal's reason. */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        this.#timers.clearTimeout(timer);
        reject(signal!.reason as Error);
      };
      const timer = this.#timers.setTimeout(() => {
        signal?.removeEventListener('abort', abort);
        resolve();
      }, milliseconds);
      signal?.addEventListener('abort', abort, { once: true });
    });
  }

  error(code: CrmErrorCode): CrmError {
    const { retryAfter } = this.now;
    return new CrmError(code, words[code], {
      outcome: ambiguous.includes(code) ? 'unknown' : 'not-applied',
      ...((code === 'rate-limited' || code === 'unavailable') && retryAfter !== undefined && { retryAfter }),
    });
  }

  #drawFor(operation: Operation, writes: boolean): Failure | 'lost' | undefined {
    const index = this.#once.findIndex((next) => next.operation === operation || next.operation === '*');
    if (index >= 0) return this.#once.splice(index, 1)[0]!.failure;
    if (this.signedOut) return 'unauthorized';
    const { fail, loseAnswers, rate } = this.now;
    const failure = fail[operation] ?? fail['*'];
    const byWrite = operation === 'writeTickets' && rate < 1 && isCode(failure);
    if (failure && !byWrite && this.#hits()) return failure;
    return loseAnswers && writes && this.#hits() ? 'lost' : undefined;
  }

  #hits(): boolean {
    return this.now.rate >= 1 || this.#random() < this.now.rate;
  }

  #later(work: () => unknown): void {
    this.#timers.setTimeout(() => {
      // Nobody hears any more that it was refused.
      void Promise.resolve()
        .then(work)
        .catch(() => {});
    }, this.now.lateMs);
  }

  #never<T>(signal?: AbortSignal): Promise<T> {
    return new Promise((_, reject) => {
      if (signal?.aborted) reject(signal.reason as Error);
      else signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
  }
}

const isCode = (failure: Failure | undefined): failure is CrmErrorCode => failure !== undefined && failure in words;

const nonsense: unknown = '<!doctype html><title>Proxy</title>';

const words: Record<CrmErrorCode, string> = {
  offline: 'There is no connection to the CRM.',
  'rate-limited': 'Too many requests; wait.',
  unauthorized: 'Sign in to the CRM again.',
  forbidden: 'This user may not do that.',
  'not-found': 'There is no such record.',
  conflict: 'The record has changed meanwhile.',
  invalid: 'The CRM refused the values.',
  unavailable: 'The CRM is out of order for a moment.',
  timeout: 'The CRM did not answer in time.',
};
