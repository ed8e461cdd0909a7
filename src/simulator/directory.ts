import type { TransferTarget } from '../telephony/telephony.js';

/** A transfer target. `path` is a queue's path in the menu. */
export type DirectoryEntry = TransferTarget & { path?: readonly string[] };

/** How a target reacts to a transfer, or to being added to a call. */
export type TargetConduct = 'answers' | 'declines' | 'no-answer' | 'never-answers';

/** The queue of a caller for whom no queue is given. */
export const defaultQueue = { id: 'q-support', path: ['Support'] } as const;

/** The default directory. The ids of the colleagues and of the queue `returns` match the embedded CRM's sample data. */
export const sampleDirectory: readonly DirectoryEntry[] = [
  { kind: 'queue', label: 'Support', ...defaultQueue },
  { kind: 'queue', id: 'q-repairs', label: 'Repairs', path: ['Support', 'Repairs'] },
  { kind: 'queue', id: 'returns', label: 'Orders and returns', path: ['Sales', 'Orders and returns'] },
  { kind: 'agent', id: '102', label: 'Noémie Laurent' },
  { kind: 'agent', id: '103', label: 'Jonas Weber' },
  { kind: 'agent', id: '104', label: 'Priya Raghunathan' },
  { kind: 'outside', id: '+14155550190', label: 'Workshop San Francisco' },
  { kind: 'outside', id: '+4930231250', label: 'Werkstatt Berlin' },
];

/** The entries whose label, id and path together contain every word of the query, without the agent `agentId`. */
export function inDirectory(
  entries: readonly DirectoryEntry[],
  query: string,
  agentId: string | undefined,
): DirectoryEntry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return entries
    .filter(({ kind, id }) => !(kind === 'agent' && id === agentId))
    .filter(({ label, id, path = [] }) => {
      const text = [label, id, ...path].join(' ').toLowerCase();
      return words.every((word) => text.includes(word));
    });
}
