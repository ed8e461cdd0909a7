/** Why a step failed: the code of a `CrmError` or `TelephonyError`, and what it said. */
export interface Failure {
  code: string;
  message: string;
  failReason?: string;
}

/** Any rejection as plain data. What has no code of ours counts as `unavailable`. */
export const toFailure = (error: unknown): Failure => {
  const { code, message, failReason } = (error ?? {}) as { code?: unknown; message?: unknown; failReason?: unknown };
  return {
    code: typeof code === 'string' ? code : 'unavailable',
    message: typeof message === 'string' ? message : '',
    ...(typeof failReason === 'string' ? { failReason } : {}),
  };
};
