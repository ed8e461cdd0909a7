import { readThrown } from './thrown.js';

/** Why a step failed: the code and message of a `CrmError` or `TelephonyError`, as plain data. */
export interface Failure {
  code: string;
  message: string;
  failReason?: string;
}

/** Converts any rejection to plain data. An error without a code counts as `unavailable`. */
export function toFailure(error: unknown): Failure {
  const { code = 'unavailable', message, failReason } = readThrown(error);
  return { code, message, ...(failReason !== undefined && { failReason }) };
}
