import type { TransferTarget } from '../telephony/telephony.js';
import type { DirectoryEntry } from './directory.js';
import type { SimulatedSession } from './simulated-session.js';

/** A16: what the directory tells about a target beside its name. */
export type Availability = Pick<TransferTarget, 'presence' | 'waiting'>;

/** How long a colleague stays as they are, and how long a queue keeps its length. Milliseconds. */
const changesAfter = 90_000;
const presences = ['available', 'busy', 'away', 'available'] as const;
const lengths = [0, 2, 1, 5, 3];

/** Picks by the time and the id, so that each target changes in its own turn and a run can be repeated. */
const pick = <T>(choices: readonly T[], id: string, now: number): T => {
  const offset = [...id].reduce((sum, letter) => sum + letter.codePointAt(0)!, 0);
  return choices[(Math.floor(now / changesAfter) + offset) % choices.length]!;
};

/**
 * Whether a colleague is free, or how many calls wait in a queue: the sessions of the simulation, and what other agents
 * and customers do meanwhile. `given`: what the directory or a test says instead.
 */
export function availabilityOf(
  { kind, id, presence, waiting }: DirectoryEntry,
  sessions: readonly SimulatedSession[],
  now: number,
  given: Availability = {},
): Availability {
  if (kind === 'agent') {
    const isInCall = sessions.some(({ place, session }) => place === 'elsewhere' && session.agentId === id);
    return { presence: given.presence ?? presence ?? (isInCall ? 'busy' : pick(presences, id, now)) };
  }
  if (kind !== 'queue') return {};
  const here = sessions.filter(({ place, session }) => place === 'queue' && session.queue?.id === id).length;
  return { waiting: given.waiting ?? waiting ?? here + pick(lengths, id, now) };
}
