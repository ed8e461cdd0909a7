import { retryAfter } from '../crm/http/rate-limit.js';
import { RequestBudget } from '../crm/http/request-budget.js';
import { RequestQueue, type Priority } from '../crm/http/request-queue.js';
import { ServerClock } from '../crm/http/server-clock.js';
import type { Clock, Timers } from '../environment/environment.js';
import { inTime } from '../environment/in-time.js';
import { apiFailureOf, noAnswer, overBudget } from './api-failure.js';
import { kindOf, kindsOf, limitReport } from './rate-limits.js';
import { TransportFailure, type ZendeskRequest, type ZendeskResponse, type ZendeskTransport } from './transport.js';

// Milliseconds. They are shorter than the desktop's time-outs, because the message of this time-out is more exact.
const timeOuts = { lookUp: 8000, write: 25_000 };
const lookUpsAtOnce = 4;

export interface ApiOptions {
  clock: Clock;
  /** A clock that is never set back. */
  steady: Clock;
  timers: Timers;
  /** The requests that the app of one agent may send in a minute. Undefined: only Zendesk's responses set limits. */
  requestsPerMinute?: number;
}

export interface AskOptions {
  signal?: AbortSignal;
  priority?: Priority;
  headers?: Readonly<Record<string, string>>;
}

/** Requests to Zendesk's API, with its limits, time-outs and errors. Every call rejects with a `CrmError`. */
export class ZendeskApi {
  readonly origin: string;
  readonly serverClock = new ServerClock();
  readonly #transport: ZendeskTransport;
  readonly #options: ApiOptions;
  readonly #budget: RequestBudget;
  readonly #lookUps = new RequestQueue(lookUpsAtOnce);

  constructor(transport: ZendeskTransport, options: ApiOptions) {
    this.origin = transport.origin;
    this.#transport = transport;
    this.#options = options;
    this.#budget = new RequestBudget(options.requestsPerMinute);
  }

  /** The time of the steady clock, from which durations are measured. */
  get now(): number {
    return this.#options.steady.now();
  }

  /** Sends a look-up. `T` is the documented shape of the body. The body is an object; callers check its fields. */
  get<T extends object>(path: string, options: AskOptions = {}): Promise<T> {
    const { signal, priority = 'interactive' } = options;
    const ask = () => this.#ask<T>({ method: 'GET', path }, options);
    return untilGivenUp(this.#lookUps.run(priority, signal, ask), signal);
  }

  /** Sends a look-up. Resolves with undefined if Zendesk has no such record. */
  async find<T extends object>(path: string, options?: AskOptions): Promise<T | undefined> {
    try {
      return await this.get<T>(path, options);
    } catch (error) {
      if ((error as { status?: number } | undefined)?.status === 404) return undefined;
      throw error;
    }
  }

  /** Sends a write. `body` is sent unchanged. Resolves with `{}` for an empty response. */
  write<T extends object>(
    method: 'POST' | 'PUT',
    path: string,
    body: string | undefined,
    options: AskOptions = {},
  ): Promise<T> {
    return this.#ask<T>({ method, path, body }, options);
  }

  async delay(milliseconds: number): Promise<void> {
    if (milliseconds > 0) await new Promise<void>((done) => this.#options.timers.setTimeout(done, milliseconds));
  }

  async #ask<T extends object>(request: ZendeskRequest, options: AskOptions): Promise<T> {
    const { signal, headers, priority = 'interactive' } = options;
    const writes = request.method !== 'GET';
    const kind = kindOf(request);
    const wait = this.#budget.wait(kindsOf(kind), priority, this.now);
    // The request does not wait here, because the caller decides: an agent sees the error, and the outbox tries later.
    if (wait > 0) throw overBudget(Math.ceil(wait / 1000));
    this.#budget.sent(this.now);
    const response = await this.#inTime({ ...request, headers }, writes, signal);
    const { now } = this;
    this.serverClock.update(response.headers.date, now);
    const serverNow = this.serverClock.atLeast(now) ?? this.#options.clock.now();
    this.#budget.update(limitReport(kind, response, serverNow), now);
    const { status, body } = response;
    if (status < 200 || status > 299) throw apiFailureOf(response, writes, retryAfter(response.headers, serverNow));
    if (body === undefined && writes) return {} as T;
    // A response with status 200 may be the page of a proxy.
    if (typeof body !== 'object' || body === null) throw noAnswer('unavailable', writes ? 'unknown' : 'not-applied');
    return body as T;
  }

  async #inTime(request: ZendeskRequest, writes: boolean, given?: AbortSignal): Promise<ZendeskResponse> {
    try {
      return await inTime((signal) => this.#transport.send({ ...request, signal }), {
        ...{ timers: this.#options.timers, given },
        milliseconds: writes ? timeOuts.write : timeOuts.lookUp,
        tooLate: () => noAnswer('timeout', writes ? 'unknown' : 'not-applied'),
      });
    } catch (error) {
      if (!(error instanceof TransportFailure)) throw error;
      throw noAnswer('offline', writes && error.sent === 'maybe' ? 'unknown' : 'not-applied', error);
    }
  }
}

/** Rejects when the signal aborts. The app framework cannot abort a request, so the response is ignored then. */
function untilGivenUp<T>(answer: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return answer;
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(signal.reason as Error);
    signal.addEventListener('abort', giveUp, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}
