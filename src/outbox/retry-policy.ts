import type { CrmError } from '../crm/crm-error.js';
import type { OutboxState } from './outbox.js';

/** What to do after a failed try. `delay` is in milliseconds. */
export type Verdict =
  { state: Extract<OutboxState, 'pending' | 'ambiguous'>; delay: number } | { state: 'parked' | 'dead' };

const longest = 60_000;

/** 1, 2, 4 … 60 s; the CRM's own Retry-After is a floor. */
export const backOff = (tries: number, retryAfter = 0): number =>
  Math.max(Math.min(longest, 1000 * 2 ** Math.max(0, tries - 1)), retryAfter * 1000);

/** Whether a failed write is tried again, waits for a log-in, or needs a person. */
export function verdict(
  failure: { code: string; outcome: 'not-applied' | 'unknown' | 'refused'; retryAfter?: number },
  tries: number,
): Verdict {
  const { code, outcome, retryAfter } = failure;
  if (code === 'unauthorized') return { state: 'parked' };
  if (outcome === 'unknown') return { state: 'ambiguous', delay: backOff(tries, retryAfter) };
  switch (code) {
    case 'offline':
    case 'rate-limited':
    case 'unavailable':
    case 'timeout':
    case 'conflict':
      // Somebody was faster: at once with the new stamp; a ticket that always moves on is not chased.
      return { state: 'pending', delay: code === 'conflict' && tries <= 1 ? 0 : backOff(tries, retryAfter) };
    default:
      return { state: 'dead' };
  }
}

/** What a rejection says; of what has no code of ours nobody knows whether it had an effect. */
export function failureOf(error: unknown): {
  code: string;
  outcome: 'not-applied' | 'unknown';
  message: string;
  retryAfter?: number;
} {
  const { code = 'unavailable', outcome = 'unknown', message = '', retryAfter } = error as Partial<CrmError>;
  return { code, outcome, message, ...(retryAfter !== undefined && { retryAfter }) };
}
