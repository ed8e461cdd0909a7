import { own } from '../domain/own.js';
import { accountLimit, endpointLimits, retryAfter } from './rate-limits.js';
import type { ZendeskResponse } from './transport.js';

export type Priority = 'interactive' | 'background';

/** Requests that have a limit of their own; of one ticket's updates too. */
export type RequestKind = 'look-up' | 'write' | 'job' | `update of ${string}`;

/** Zendesk's names of such limits. */
const endpoints: Readonly<Record<string, 'update' | 'job'>> = { 'tickets-update': 'update', 'inflight-jobs': 'job' };

const minute = 60_000;
const forgotten = 3_600_000;
/** Without a word of Zendesk's: the framework hands out no headers of a refusal. */
const silentFloorSeconds = 10;
/** What an agent waits for keeps this part of every budget. */
const keptForPeople = 0.3;

/**
 * When a request may go out. A Retry-After is a floor for the account, or, where the account's own budget is not used up,
 * for requests of its kind. What is left in the last 30 % of a budget is for what an agent waits for.
 */
export class RequestBudget {
  readonly #perMinute: number | undefined;
  readonly #sent: number[] = [];
  readonly #floors = new Map<string, number>();
  #account: { remaining: number; limit: number; until: number } | undefined;

  /** `perMinute`: what an app may send in a minute for one agent; undefined on a server. */
  constructor(perMinute?: number) {
    this.#perMinute = perMinute;
  }

  /** How long a request has to wait, in milliseconds; 0: it may go out. */
  wait(kind: RequestKind, priority: Priority, now: number): number {
    const all = kind.startsWith('update of ') ? ['', 'update', kind] : ['', kind];
    const floor = Math.max(...all.map((one) => this.#floors.get(one) ?? 0)) - now;
    return Math.max(0, floor, this.#ownWait(priority, now), this.#accountWait(priority, now));
  }

  sent(now: number): void {
    if (this.#perMinute !== undefined) this.#sent.push(now);
    if (this.#account) this.#account.remaining -= 1;
  }

  /** Learns from an answer. `serverNow`: the time that a Retry-After in date form refers to. */
  heard(kind: RequestKind, { status, headers }: ZendeskResponse, now: number, serverNow: number): void {
    const account = accountLimit(headers);
    if (account) this.#account = { ...account, until: now + account.resetSeconds * 1000 };
    for (const [endpoint, { remaining, resetSeconds }] of endpointLimits(headers))
      if (remaining === 0) this.#raise(own(endpoints, endpoint) ?? kind, now + resetSeconds * 1000);
    if (status !== 429 && !(status === 503 && headers['retry-after'])) return;
    const said = retryAfter(headers, serverNow);
    // Whose limit it was is not said either then: if it is the account's, the next request hears the same.
    const ownKindOnly = said === undefined || (account !== undefined && account.remaining > 0);
    this.#raise(ownKindOnly ? kind : '', now + (said ?? silentFloorSeconds) * 1000);
  }

  #raise(kind: string, until: number): void {
    for (const [one, at] of this.#floors) if (at <= until - forgotten) this.#floors.delete(one);
    this.#floors.set(kind, Math.max(until, this.#floors.get(kind) ?? 0));
  }

  #ownWait(priority: Priority, now: number): number {
    if (this.#perMinute === undefined) return 0;
    while (this.#sent[0] !== undefined && this.#sent[0] <= now - minute) this.#sent.shift();
    const most = priority === 'interactive' ? this.#perMinute : Math.floor(this.#perMinute * (1 - keptForPeople));
    const last = this.#sent[this.#sent.length - most];
    return last === undefined ? 0 : last + minute - now;
  }

  #accountWait(priority: Priority, now: number): number {
    if (!this.#account || this.#account.until <= now) return 0;
    const { limit, remaining, until } = this.#account;
    const kept = priority === 'interactive' ? 0 : Math.floor(limit * keptForPeople);
    return remaining > kept ? 0 : until - now;
  }
}
