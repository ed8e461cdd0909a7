export type TelephonyErrorCode =
  | 'microphone-denied'
  | 'no-device'
  | 'restricted'
  | 'not-available'
  | 'busy-elsewhere'
  | 'unsupported'
  | 'offline'
  | 'timeout'
  | 'invalid';

/** The error with which a failing command rejects. `failReason` is the platform's own name for it (`eu_busy`, …). */
export class TelephonyError extends Error {
  override readonly name = 'TelephonyError';
  readonly code: TelephonyErrorCode;
  readonly failReason?: string;

  constructor(
    code: TelephonyErrorCode,
    message: string,
    { failReason, cause }: { failReason?: string; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.code = code;
    if (failReason !== undefined) this.failReason = failReason;
  }
}

/** A13: nothing rings that could be answered or declined. */
export const nothingRings = (): TelephonyError => new TelephonyError('not-available', 'Nothing rings.');
