import { readThrown } from './thrown.js';

/** Why a step failed: the code of a `CrmError` or `TelephonyError`, and what it said. */
export interface Failure {
  code: string;
  message: string;
  failReason?: string;
}

/** Any rejection as plain data. What has no code of ours counts as `unavailable`. */
export function toFailure(error: unknown): Failure {
  const { code = 'unavailable', message, failReason } = readThrown(error);
  return { code, message, ...(failReason !== undefined && { failReason }) };
}
