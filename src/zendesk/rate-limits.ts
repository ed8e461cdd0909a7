import { resetSeconds, retryAfter, wholeNumber, type LimitReport, type RateLimit } from '../crm/http/rate-limit.js';
import { own } from '../domain/own.js';
import type { ZendeskRequest, ZendeskResponse } from './transport.js';

type Headers = ZendeskResponse['headers'];

/** The kind of a request. Zendesk limits each kind, and the updates of each single ticket. */
export type RequestKind = 'look-up' | 'write' | 'job' | `update of ${string}`;

/** The updates of all tickets together. */
const updates = 'update';
/** The kind of request by Zendesk's name of the endpoint's limit. */
const kindByEndpoint: Readonly<Record<string, string>> = { 'tickets-update': updates, 'inflight-jobs': 'job' };

// The documented names of these headers differ from the names in recorded responses.
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

/** All kinds whose limits apply to a request: its own, and for the update of a ticket the kind of all updates. */
export const kindsOf = (kind: RequestKind): readonly string[] =>
  kind.startsWith('update of ') ? [updates, kind] : [kind];

/** The account's budget. Undefined if the response does not report it. */
export function accountLimit(headers: Headers): RateLimit | undefined {
  for (const { limit, remaining, reset } of spellings) {
    const [most, left] = [wholeNumber(headers[limit]), wholeNumber(headers[remaining])];
    if (most !== undefined && left !== undefined)
      return { limit: most, remaining: left, resetSeconds: resetSeconds(headers[reset]) };
  }
  return undefined;
}

/** The budgets of endpoints, by name. A header: `zendesk-rate-limit-tickets-update: total=20; remaining=19; resets=59`. */
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
 * The limits that a response to a request of this kind reports. `serverNow` is Zendesk's time: a Retry-After can be a
 * date.
 */
export function limitReport(kind: RequestKind, { status, headers }: ZendeskResponse, serverNow: number): LimitReport {
  const exhausted = [...endpointLimits(headers)]
    .filter(([, { remaining }]) => remaining === 0)
    .map(([endpoint, limit]) => ({ kind: own(kindByEndpoint, endpoint) ?? kind, resetSeconds: limit.resetSeconds }));
  const isRefused = status === 429 || (status === 503 && headers['retry-after']);
  return {
    account: accountLimit(headers),
    exhausted,
    refused: isRefused ? { kind, retryAfter: retryAfter(headers, serverNow) } : undefined,
  };
}
