import type { Failure } from '../../domain/failure.js';

/** The codes of failures after which no call can come about. */
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
