import type { WriteResult } from '../crm/crm-host.js';
import { readThrown } from '../domain/thrown.js';
import type { OutboxState } from './outbox.js';

/** The state of a write after a failed try, and the delay before the next try in milliseconds. */
export type RetryVerdict =
  { state: Extract<OutboxState, 'pending' | 'ambiguous'>; delay: number } | { state: 'parked' | 'dead' };

const longest = 60_000;
/** Milliseconds. The longest delay between two tries. */
export const longestDelay = 15 * 60_000;

/** The delay before the next try, in milliseconds: 1, 2, 4 … 60 s, but at least `retryAfter` seconds. */
export const backOff = (tries: number, retryAfter = 0): number =>
  Math.min(longestDelay, Math.max(Math.min(longest, 1000 * 2 ** Math.max(0, tries - 1)), retryAfter * 1000));

/** Why a try failed; `retryAfter` is in seconds. */
export interface WriteFailure {
  code: string;
  outcome: 'not-applied' | 'unknown' | 'refused';
  message: string;
  retryAfter?: number | undefined;
}

/** Decides whether the outbox retries a failed write, or the write waits for a sign-in or a person. */
export function verdict(failure: Omit<WriteFailure, 'message'>, tries: number): RetryVerdict {
  const { code, outcome, retryAfter } = failure;
  if (code === 'unauthorized') return { state: 'parked' };
  if (outcome === 'unknown') return { state: 'ambiguous', delay: backOff(tries, retryAfter) };
  switch (code) {
    case 'offline':
    case 'rate-limited':
    case 'unavailable':
    case 'timeout':
    case 'conflict':
      // After a first conflict, the outbox retries at once with the ticket's new stamp. Later conflicts have a delay.
      return { state: 'pending', delay: code === 'conflict' && tries <= 1 ? 0 : backOff(tries, retryAfter) };
    default:
      return { state: 'dead' };
  }
}

/** Reads a rejection of any shape. Unless the rejection says `not-applied`, the outcome is `unknown`. */
export function failureOf(error: unknown): WriteFailure & { outcome: 'not-applied' | 'unknown' } {
  const { code = 'unavailable', outcome, message, retryAfter } = readThrown(error);
  const isClear = outcome === 'not-applied';
  return { code, outcome: isClear ? outcome : 'unknown', message, ...(retryAfter !== undefined && { retryAfter }) };
}

/** Reads a failed result. If it is missing or malformed, the write may have had an effect. */
export function failureOfWrite(result: Extract<WriteResult, { ok: false }> | undefined): WriteFailure {
  if (!result) return { code: 'unavailable', outcome: 'unknown', message: 'The CRM gave no result.' };
  const failure = failureOf({ ...result, code: result.reason });
  return result.outcome === 'refused' ? { ...failure, outcome: 'refused' } : failure;
}
