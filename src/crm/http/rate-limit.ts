/** The headers of a response. Names are in lower case. */
export type ResponseHeaders = Readonly<Record<string, string>>;

/** A budget of requests as a response reports it. */
export interface RateLimit {
  limit: number;
  remaining: number;
  /** Seconds until the budget is full again. */
  resetSeconds: number;
}

/** One response's report about the CRM's limits. Each binding reads the report from its CRM's headers. */
export interface LimitReport {
  /** The budget of the whole account. */
  account?: RateLimit | undefined;
  /** The kinds of requests that have used up their own budget. */
  exhausted: readonly { kind: string; resetSeconds: number }[];
  /** The CRM refused the request because of a limit. `retryAfter`: seconds, if the response has a Retry-After. */
  refused?: { kind: string; retryAfter?: number | undefined };
}

/** The longest wait in seconds, even if the CRM asks for more, because an agent waits. */
const longestWait = 3600;
const defaultReset = 60;

export const wholeNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d+$/.test(text.trim()) ? Number(text) : undefined;

/** The seconds until a budget is full again: at most an hour, or a minute if the text is not a number. */
export const resetSeconds = (text: string | undefined): number =>
  Math.min(longestWait, wholeNumber(text) ?? defaultReset);

/**
 * The seconds that a Retry-After header asks for, at most an hour. Undefined if the response has no readable header.
 * The header has seconds or a date. `now`: the present time in milliseconds since 1970, for a header with a date.
 */
export function retryAfter(headers: ResponseHeaders, now: number): number | undefined {
  const value = headers['retry-after']?.trim();
  if (!value) return undefined;
  if (/^\d+$/.test(value)) return Math.min(longestWait, Number(value));
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.min(longestWait, Math.max(0, Math.ceil((date - now) / 1000)));
}
