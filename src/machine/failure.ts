import { readThrown } from '../domain/thrown.js';

/** Why a step failed: the code of a `CrmError` or `TelephonyError`, and what it said. */
export interface Failure {
  code: string;
  message: string;
  failReason?: string;
}

const definite = [
  'microphone-denied',
  'no-device',
  'restricted',
  'not-available',
  'busy-elsewhere',
  'unsupported',
  'invalid',
];

/** Whether a command may have been carried out all the same: nobody has said that it was not. */
export const isUnresolved = ({ code }: Failure): boolean => !definite.includes(code);

/** Any rejection as plain data. What has no code of ours counts as `unavailable`. */
export function toFailure(error: unknown): Failure {
  const { code = 'unavailable', message, failReason } = readThrown(error);
  return { code, message, ...(failReason !== undefined && { failReason }) };
}
