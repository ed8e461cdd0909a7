import type { Attempt, WriteResult } from '../crm/crm-host.js';
import { readThrown } from '../domain/thrown.js';
import type { OpenRow } from './lanes.js';
import type { OutboxRow } from './outbox-store.js';
import type { OutboxState } from './outbox.js';

/** What to do after a failed try. `delay` is in milliseconds. */
export type Verdict =
  { state: Extract<OutboxState, 'pending' | 'ambiguous'>; delay: number } | { state: 'parked' | 'dead' };

const longest = 60_000;
/** The longest that the CRM is waited for before it is asked again. Milliseconds. */
export const longestDelay = 15 * 60_000;

/** 1, 2, 4 … 60 s; the CRM's own Retry-After is a floor. */
export const backOff = (tries: number, retryAfter = 0): number =>
  Math.min(longestDelay, Math.max(Math.min(longest, 1000 * 2 ** Math.max(0, tries - 1)), retryAfter * 1000));

/** Why a try failed; `retryAfter` is in seconds. */
export interface Failure {
  code: string;
  outcome: 'not-applied' | 'unknown' | 'refused';
  message: string;
  retryAfter?: number | undefined;
}

/** Whether a failed write is tried again, waits for a log-in, or needs a person. */
export function verdict(failure: Omit<Failure, 'message'>, tries: number): Verdict {
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

/** The row after a failed try. */
export function failedRow(row: OutboxRow, { message, ...failure }: Failure, now: number): OutboxRow {
  const { code, outcome } = failure;
  const next = verdict(failure, row.tries);
  // A try that may have been applied stays so, whatever the one after it says; but a conflict says that it was not.
  const maybeApplied = outcome === 'unknown' || (row.maybeApplied === true && code !== 'conflict');
  const state = next.state === 'pending' && maybeApplied ? 'ambiguous' : next.state;
  const due = 'delay' in next ? now + next.delay : row.due;
  return { ...row, state, maybeApplied, failure: { code, message }, ...(due !== undefined && { due }) };
}

/** What one of several writes that went out together may be to blame for. */
const faultsOfOne: readonly string[] = ['invalid', 'forbidden'];

/** The rows of one try that failed. What the CRM refuses as a whole is taken apart, unless it may have been applied before. */
export function failedRows(rows: readonly OutboxRow[], failure: Failure, now: number): readonly OutboxRow[] {
  const isOfOne = failure.outcome === 'refused' && faultsOfOne.includes(failure.code);
  if (rows.length === 1 || !isOfOne || rows.some((row) => row.maybeApplied))
    return rows.map((row) => failedRow(row, failure, now));
  return rows.map(({ group: _, stamp: __, status: ___, ...row }) => ({
    ...row,
    state: 'pending',
    due: now,
    alone: true,
  }));
}

/** The row when a person, or a log-in, wants it tried again at once. Only what may have been applied needs its stamp. */
export const rowAgain = ({ stamp, ...row }: OutboxRow): OutboxRow =>
  row.maybeApplied
    ? { ...row, due: 0, state: 'ambiguous', ...(stamp !== undefined && { stamp }) }
    : { ...row, due: 0, state: 'pending' };

/** The row of a try that came to nothing before anything was sent. */
export const triedAgain = (row: OutboxRow): OutboxRow => ({ ...row, tries: row.tries + 1 });

/** Well within the time that a CRM knows the key of a creation. */
const lookAfter = 10 * 60_000;

/** R13, R30: a ticket that is made late may have been made at another agent's desktop meanwhile: the CRM looks first. */
export const creationAttempt = ({ maybeApplied, intent }: OpenRow, now: number): Attempt =>
  maybeApplied || (intent.kind === 'create-ticket' && now - Date.parse(intent.at) > lookAfter)
    ? 'maybe-applied'
    : 'first';

/** What a rejection says, whatever it is; of what has no code of ours nobody knows whether it had an effect. */
export function failureOf(error: unknown): Failure & { outcome: 'not-applied' | 'unknown' } {
  const { code = 'unavailable', outcome, message, retryAfter } = readThrown(error);
  const isClear = outcome === 'not-applied';
  return { code, outcome: isClear ? outcome : 'unknown', message, ...(retryAfter !== undefined && { retryAfter }) };
}

/** What the result of a write says; of what has none, or another than was promised, nobody knows either. */
export function failureOfWrite(result: Extract<WriteResult, { ok: false }> | undefined): Failure {
  if (!result) return { code: 'unavailable', outcome: 'unknown', message: 'The CRM gave no result.' };
  const said = failureOf({ ...result, code: result.reason });
  return result.outcome === 'refused' ? { ...said, outcome: 'refused' } : said;
}
