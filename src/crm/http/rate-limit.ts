/** The headers of a response. Names are in lower case. */
export type ResponseHeaders = Readonly<Record<string, string>>;

/** A budget of requests as a response reports it. */
export interface RateLimit {
  limit: number;
  remaining: number;
  /** Seconds until the budget is full again. */
  resetSeconds: number;
}

/** What one response reports about the CRM's limits. A binding reads it from the headers that its CRM has. */
export interface LimitReport {
  /** The budget of the whole account. */
  account?: RateLimit | undefined;
  /** The kinds of requests whose own budget is used up. */
  exhausted: readonly { kind: string; resetSeconds: number }[];
  /** The CRM refused the request because of a limit. `retryAfter`: seconds, if the response has a Retry-After. */
  refused?: { kind: string; retryAfter?: number | undefined };
}

/** The longest wait that is believed, in seconds. After it the CRM is asked again, because an agent waits. */
const longestWait = 3600;
const defaultReset = 60;

export const wholeNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d+$/.test(text.trim()) ? Number(text) : undefined;

/** The seconds until a budget is full again: an hour at most, a minute where the text is no number. */
export const resetSeconds = (text: string | undefined): number =>
  Math.min(longestWait, wholeNumber(text) ?? defaultReset);

/**
 * The seconds that a Retry-After header asks for, an hour at most; undefined where the response has none that can be read.
 * The header has seconds or a date; `now`, in milliseconds since 1970, is the time that a date is compared with.
 */
export function retryAfter(headers: ResponseHeaders, now: number): number | undefined {
  const value = headers['retry-after']?.trim();
  if (!value) return undefined;
  if (/^\d+$/.test(value)) return Math.min(longestWait, Number(value));
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.min(longestWait, Math.max(0, Math.ceil((date - now) / 1000)));
}
