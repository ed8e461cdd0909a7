import type { Failure } from '../../domain/failure.js';

const definite = [
  'microphone-denied',
  'no-device',
  'restricted',
  'not-available',
  'busy-elsewhere',
  'unsupported',
  'invalid',
];

/** Whether the platform may have carried out the command in spite of the failure. */
export const mayBeCarriedOut = ({ code }: Failure): boolean => !definite.includes(code);
