import type { TransferTarget } from '../telephony/telephony.js';

/** Whom a call can be transferred to. A queue has its path in the menu. */
export type DirectoryEntry = TransferTarget & { path?: readonly string[] };

/** How a transfer to somebody, or their joining, goes. */
export type TargetConduct = 'answers' | 'declines' | 'no-answer' | 'never-answers';

/** The menu selection of a caller for whom none is given. */
export const defaultQueue = { id: 'q-support', path: ['Support'] } as const;

/** Colleagues and the queue of returns have the ids that the embedded CRM's sample has. */
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

/** Those whose label, id or path has the words; the agent at work is not offered. */
export function inDirectory(
  entries: readonly DirectoryEntry[],
  query: string,
  agentId: string | undefined,
): TransferTarget[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return entries
    .filter(({ kind, id }) => !(kind === 'agent' && id === agentId))
    .filter(({ label, id, path = [] }) => {
      const text = [label, id, ...path].join(' ').toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .map(({ kind, id, label }) => ({ kind, id, label }));
}
