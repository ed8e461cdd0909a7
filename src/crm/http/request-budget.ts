import type { LimitReport, RateLimit } from './rate-limit.js';
import type { Priority } from './request-queue.js';
import { RetryFloors } from './retry-floors.js';

const minute = 60_000;
/** The kind of a floor that applies to every request. */
const wholeAccount = '';
/** The pause after a refusal without a Retry-After, in seconds. */
const defaultPause = 10;
/** The part of each budget that only interactive requests may use. */
const interactiveShare = 0.3;

/**
 * Decides when the client may send a request. Times are milliseconds of a clock that never goes back.
 *
 * A Retry-After delays every request of the account. If the account is known to have budget left, a Retry-After delays
 * only requests of its own kind. Background requests leave the last 30 % of each budget to interactive requests.
 */
export class RequestBudget {
  readonly #perMinute: number | undefined;
  readonly #sent: number[] = [];
  readonly #floors = new RetryFloors();
  #account: (RateLimit & { until: number }) | undefined;

  /** `perMinute`: the client's own limit of requests per minute. If undefined, only the CRM's responses set limits. */
  constructor(perMinute?: number) {
    this.#perMinute = perMinute;
  }

  /** The milliseconds that a request must wait, or 0. `kinds`: the kinds whose limits apply to the request. */
  wait(kinds: readonly string[], priority: Priority, now: number): number {
    const floor = this.#floors.of([wholeAccount, ...kinds]) - now;
    return Math.max(0, floor, this.#ownWait(priority, now), this.#accountWait(priority, now));
  }

  /** Counts a request that the client sends now. */
  sent(now: number): void {
    if (this.#perMinute !== undefined) this.#sent.push(now);
    if (this.#account) this.#account.remaining -= 1;
  }

  /** Applies a response's report. `now`: when the client read the response. */
  update({ account, exhausted, refused }: LimitReport, now: number): void {
    if (account) this.#account = { ...account, until: now + account.resetSeconds * 1000 };
    for (const { kind, resetSeconds } of exhausted) this.#floors.raise(kind, now + resetSeconds * 1000);
    if (!refused) return;
    const { kind, retryAfter } = refused;
    // A refusal without a Retry-After does not name the limit. If the account is over its limit, the CRM also refuses
    // the next request.
    const ownKindOnly = retryAfter === undefined || (account !== undefined && account.remaining > 0);
    this.#floors.raise(ownKindOnly ? kind : wholeAccount, now + (retryAfter ?? defaultPause) * 1000);
  }

  #ownWait(priority: Priority, now: number): number {
    if (this.#perMinute === undefined) return 0;
    while (this.#sent[0] !== undefined && this.#sent[0] <= now - minute) this.#sent.shift();
    const most = priority === 'interactive' ? this.#perMinute : Math.floor(this.#perMinute * (1 - interactiveShare));
    const last = this.#sent[this.#sent.length - most];
    return last === undefined ? 0 : last + minute - now;
  }

  #accountWait(priority: Priority, now: number): number {
    if (!this.#account || this.#account.until <= now) return 0;
    const { limit, remaining, until } = this.#account;
    const kept = priority === 'interactive' ? 0 : Math.floor(limit * interactiveShare);
    return remaining > kept ? 0 : until - now;
  }
}
