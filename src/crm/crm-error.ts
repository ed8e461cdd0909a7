export type CrmErrorCode =
  | 'offline'
  | 'rate-limited'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'invalid'
  | 'unavailable'
  | 'timeout';

/** `not-applied`: the call certainly had no effect. `unknown`: the call may have had an effect. */
export type CrmOutcome = 'not-applied' | 'unknown';

/** The error of every failed call to the CRM. `retryAfter` is in seconds. */
export class CrmError extends Error {
  override readonly name = 'CrmError';
  readonly code: CrmErrorCode;
  readonly outcome: CrmOutcome;
  readonly retryAfter?: number;

  constructor(
    code: CrmErrorCode,
    message: string,
    {
      outcome = 'not-applied',
      retryAfter,
      cause,
    }: {
      outcome?: CrmOutcome;
      retryAfter?: number;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause });
    this.code = code;
    this.outcome = outcome;
    if (retryAfter !== undefined) this.retryAfter = retryAfter;
  }
}
