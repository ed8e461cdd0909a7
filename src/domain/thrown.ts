/** The known properties of a thrown value. `retryAfter` is in seconds. */
export interface Thrown {
  code?: string;
  message: string;
  outcome?: string;
  failReason?: string;
  retryAfter?: number;
}

/** Reads any thrown value: also `null`, a text, or an object whose properties throw. Never throws. */
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
