import { CrmError, type CrmErrorCode } from '../crm/crm-error.js';
import type { CrmHost } from '../crm/crm-host.js';
import type { Timers } from '../environment/environment.js';

/** An operation that can be slow or fail. */
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
 * A failure of an operation: an error code, or
 * - `never`: no answer until the abort signal ends the wait
 * - `nonsense`: an answer of a wrong shape
 * - `late`: a `timeout` now, and the effect `lateMs` later
 */
export type Failure = CrmErrorCode | 'never' | 'nonsense' | 'late';

/** The faults to inject. `'*'` stands for every operation that is not named. */
export interface Trouble {
  /** Milliseconds of latency: half before the effect, half after it. */
  latencyMs: number;
  /** Failures by operation. A failed operation has no effect, except with `late`. */
  fail: Partial<Record<Operation | '*', Failure>>;
  /** Whether the answers to writes are lost: a write takes effect, and rejects with `timeout` and outcome `unknown`. */
  loseAnswers: boolean;
  /**
   * The probability, 0 to 1, that `fail` and `loseAnswers` apply to a call. Below 1, an error code in `fail` for
   * `writeTickets` applies to single writes of a batch.
   */
  rate: number;
  /** `retryAfter` of the errors `rate-limited` and `unavailable`, in seconds. */
  retryAfter?: number;
  /** Milliseconds until the effect of a `late` failure. */
  lateMs: number;
  /** Milliseconds for which look-ups do not find a new contact or ticket. */
  indexLagMs: number;
}

export const noTrouble: Trouble = { latencyMs: 0, fail: {}, loseAnswers: false, rate: 1, lateMs: 5000, indexLagMs: 0 };

/** The error codes after which it is unknown whether the write was applied. */
const ambiguous: readonly CrmErrorCode[] = ['timeout', 'unavailable'];

/** Injects latency and failures into operations. */
export class FaultInjector {
  now: Trouble = { ...noTrouble };
  /** Whether all operations are refused as `unauthorized`. */
  signedOut = false;
  #timers: Timers;
  #random: () => number;
  #once: { operation: Operation | '*'; failure: Failure | 'lost' }[] = [];

  constructor(timers: Timers, random: () => number) {
    this.#timers = timers;
    this.#random = random;
  }

  /** Makes the next calls of an operation fail. Overrides `fail`. */
  next(operation: Operation | '*', failure: Failure | 'lost', times: number): void {
    for (let call = 0; call < times; call++) this.#once.push({ operation, failure });
  }

  /** Runs `work`, or fails. Half of the latency passes before it, and half after it. */
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
    if (failure === 'late') this.#runLate(work);
    if (failure && failure !== 'nonsense' && failure !== 'lost')
      throw this.error(failure === 'late' ? 'timeout' : failure);
    const answer = failure === 'nonsense' ? (nonsense as T) : await work();
    if (latencyMs > 0) await this.wait(Math.ceil(latencyMs / 2), signal);
    signal?.throwIfAborted();
    if (failure === 'lost') throw new CrmError('timeout', 'The answer was lost.', { outcome: 'unknown' });
    return answer;
  }

  /** Draws the failure of one write of a batch, if `rate` is below 1. */
  drawForWrite(): CrmErrorCode | undefined {
    if (this.now.rate >= 1) return undefined;
    const failure = this.now.fail.writeTickets ?? this.now.fail['*'];
    return isCode(failure) && this.#hits() ? failure : undefined;
  }

  /** Waits with the injected timers. Rejects with the signal's reason on an abort. */
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
    return new CrmError(code, messages[code], {
      outcome: ambiguous.includes(code) ? 'unknown' : 'not-applied',
      retryAfter: code === 'rate-limited' || code === 'unavailable' ? retryAfter : undefined,
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

  #runLate(work: () => unknown): void {
    this.#timers.setTimeout(() => {
      // The caller has received `timeout` already, so a refusal is not reported.
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

const isCode = (failure: Failure | undefined): failure is CrmErrorCode => failure !== undefined && failure in messages;

const nonsense: unknown = '<!doctype html><title>Proxy</title>';

const messages: Record<CrmErrorCode, string> = {
  offline: 'There is no connection to the CRM.',
  'rate-limited': 'Too many requests; wait.',
  unauthorized: 'Sign in to the CRM again.',
  forbidden: 'This user may not do that.',
  'not-found': 'There is no such record.',
  conflict: 'The record has changed meanwhile.',
  invalid: 'A value isn’t valid.',
  unavailable: 'The CRM is out of order for a moment.',
  timeout: 'The CRM did not answer in time.',
};
