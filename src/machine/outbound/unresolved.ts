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

/** Whether a command may have been carried out all the same: nobody has said that it was not. */
export const isUnresolved = ({ code }: Failure): boolean => !definite.includes(code);
