/** What something thrown says of itself. `retryAfter` is in seconds. */
export interface Thrown {
  code?: string;
  message: string;
  outcome?: string;
  failReason?: string;
  retryAfter?: number;
}

/** Reads whatever was thrown: `null` and a bare text too, and what throws when it is looked at. Never throws. */
export function readThrown(thrown: unknown): Thrown {
  try {
    const { code, message, outcome, failReason, retryAfter } = Object(thrown) as Record<keyof Thrown, unknown>;
    return {
      message: typeof message === 'string' ? message : typeof thrown === 'string' ? thrown : '',
      ...(typeof code === 'string' && { code }),
      ...(typeof outcome === 'string' && { outcome }),
      ...(typeof failReason === 'string' && { failReason }),
      ...(typeof retryAfter === 'number' && retryAfter >= 0 && { retryAfter }),
    };
  } catch {
    return { message: '' };
  }
}
