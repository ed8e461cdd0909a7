import { resetSeconds, retryAfter, wholeNumber, type LimitReport, type RateLimit } from '../crm/http/rate-limit.js';
import { own } from '../domain/own.js';
import type { ZendeskRequest, ZendeskResponse } from './transport.js';

type Headers = ZendeskResponse['headers'];

/** Requests that have a limit of their own. Updates of one ticket have one too. */
export type RequestKind = 'look-up' | 'write' | 'job' | `update of ${string}`;

const updates = 'update';
/** The kinds that Zendesk's names of endpoint limits stand for. */
const endpoints: Readonly<Record<string, string>> = { 'tickets-update': updates, 'inflight-jobs': 'job' };

// Recorded and documented spellings differ: x-rate-limit, rate-limit, ratelimit-limit.
const spellings = [
  { limit: 'ratelimit-limit', remaining: 'ratelimit-remaining', reset: 'ratelimit-reset' },
  { limit: 'rate-limit', remaining: 'rate-limit-remaining', reset: 'rate-limit-reset' },
  { limit: 'x-rate-limit', remaining: 'x-rate-limit-remaining', reset: 'rate-limit-reset' },
] as const;

export function kindOf({ method, path }: ZendeskRequest): RequestKind {
  if (method === 'GET') return 'look-up';
  if (path.startsWith('/api/v2/tickets/update_many')) return 'job';
  return method === 'PUT' && /^\/api\/v2\/tickets\/\d+$/.test(path) ? `update of ${path}` : 'write';
}

/** The kind itself; for the update of a ticket, the kind of all updates too. */
export const kindsOf = (kind: RequestKind): readonly string[] =>
  kind.startsWith('update of ') ? [updates, kind] : [kind];

/** The account's budget, in any of the spellings; undefined where the response has none. */
export function accountLimit(headers: Headers): RateLimit | undefined {
  for (const { limit, remaining, reset } of spellings) {
    const [most, left] = [wholeNumber(headers[limit]), wholeNumber(headers[remaining])];
    if (most !== undefined && left !== undefined)
      return { limit: most, remaining: left, resetSeconds: resetSeconds(headers[reset]) };
  }
  return undefined;
}

/** The budgets of single endpoints, by name: `zendesk-rate-limit-tickets-update: total=20; remaining=19; resets=59`. */
export function endpointLimits(headers: Headers): ReadonlyMap<string, RateLimit> {
  const found = new Map<string, RateLimit>();
  for (const [name, value] of Object.entries(headers)) {
    const endpoint = /^zendesk-rate-?limit-(.+)$/i.exec(name)?.[1];
    if (endpoint === undefined) continue;
    const parts = new Map(value.split(';').map((part) => part.trim().split('=') as [string, string]));
    const [limit, remaining] = [wholeNumber(parts.get('total')), wholeNumber(parts.get('remaining'))];
    if (limit === undefined || remaining === undefined) continue;
    found.set(endpoint.toLowerCase(), { limit, remaining, resetSeconds: resetSeconds(parts.get('resets')) });
  }
  return found;
}

/**
 * What a response to a request of this kind reports about limits. `serverNow`: Zendesk's time, for a Retry-After that
 * is a date.
 */
export function limitReport(kind: RequestKind, { status, headers }: ZendeskResponse, serverNow: number): LimitReport {
  const exhausted = [...endpointLimits(headers)]
    .filter(([, { remaining }]) => remaining === 0)
    .map(([endpoint, limit]) => ({ kind: own(endpoints, endpoint) ?? kind, resetSeconds: limit.resetSeconds }));
  const isRefused = status === 429 || (status === 503 && headers['retry-after']);
  return {
    account: accountLimit(headers),
    exhausted,
    ...(isRefused && { refused: { kind, retryAfter: retryAfter(headers, serverNow) } }),
  };
}
