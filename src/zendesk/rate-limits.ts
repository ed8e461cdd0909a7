type Headers = Readonly<Record<string, string>>;

/** What Zendesk says is left of a budget. `resetSeconds`: until it is full again. */
export interface RateLimit {
  limit: number;
  remaining: number;
  resetSeconds: number;
}

// Recorded and documented spellings differ: x-rate-limit, rate-limit, ratelimit-limit.
const spellings = [
  { limit: 'ratelimit-limit', remaining: 'ratelimit-remaining', reset: 'ratelimit-reset' },
  { limit: 'rate-limit', remaining: 'rate-limit-remaining', reset: 'rate-limit-reset' },
  { limit: 'x-rate-limit', remaining: 'x-rate-limit-remaining', reset: 'rate-limit-reset' },
] as const;
const aMinute = 60;
/** An agent waits: whoever says more is asked again after it. Seconds. */
const anHour = 3600;

/** The account's budget, in whichever spelling; undefined where the answer does not say. */
export function accountLimit(headers: Headers): RateLimit | undefined {
  for (const { limit, remaining, reset } of spellings) {
    const [most, left] = [wholeNumber(headers[limit]), wholeNumber(headers[remaining])];
    if (most !== undefined && left !== undefined)
      return { limit: most, remaining: left, resetSeconds: secondsOf(headers[reset]) };
  }
  return undefined;
}

/** Budgets of single endpoints, by their name: `zendesk-rate-limit-tickets-update: total=20; remaining=19; resets=59`. */
export function endpointLimits(headers: Headers): ReadonlyMap<string, RateLimit> {
  const found = new Map<string, RateLimit>();
  for (const [name, value] of Object.entries(headers)) {
    const endpoint = /^zendesk-rate-?limit-(.+)$/i.exec(name)?.[1];
    if (endpoint === undefined) continue;
    const parts = new Map(value.split(';').map((part) => part.trim().split('=') as [string, string]));
    const [limit, remaining] = [wholeNumber(parts.get('total')), wholeNumber(parts.get('remaining'))];
    if (limit === undefined || remaining === undefined) continue;
    found.set(endpoint.toLowerCase(), { limit, remaining, resetSeconds: secondsOf(parts.get('resets')) });
  }
  return found;
}

/** Seconds from `now` (milliseconds), an hour at most, of a Retry-After in seconds or as a date; undefined where there is none. */
export function retryAfter(headers: Headers, now: number): number | undefined {
  const value = headers['retry-after']?.trim();
  if (!value) return undefined;
  if (/^\d+$/.test(value)) return Math.min(anHour, Number(value));
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.min(anHour, Math.max(0, Math.ceil((date - now) / 1000)));
}

const wholeNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d+$/.test(text.trim()) ? Number(text) : undefined;

const secondsOf = (text: string | undefined): number => Math.min(anHour, wholeNumber(text) ?? aMinute);
