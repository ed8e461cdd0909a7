import type { Participant, TransferTarget } from '../telephony/telephony.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import type { DirectoryEntry } from './directory.js';

/** Throws `invalid` for a target that a call cannot be transferred to. */
export function checkTarget({ kind, id, label }: TransferTarget, agentId: string | undefined): void {
  const refuse = (message: string): never => {
    throw new TelephonyError('invalid', message);
  };
  if (!id) refuse('The target has no id.');
  if (kind === 'agent' && id === agentId) refuse(`${label} is in the call already.`);
  if (kind === 'outside' && !/^\+[1-9]\d{6,14}$/.test(id)) refuse(`"${id}" is not a number that can be dialled.`);
}

export const participantOf = ({ kind, id, label }: TransferTarget): Participant => ({
  id: `${kind === 'outside' ? 'outside' : 'agent'}-${id}`,
  kind: kind === 'outside' ? 'outside' : 'agent',
  label: label || id,
  held: false,
});

/** The queue that is a transfer's target. Its path is the path in the directory, or else the target's label. */
export const queueOf = (target: TransferTarget, directory: readonly DirectoryEntry[]) => ({
  id: target.id,
  path: directory.find(({ kind, id }) => kind === 'queue' && id === target.id)?.path ?? [target.label],
});
