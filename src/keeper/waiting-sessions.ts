import { isChat, type Session } from '../domain/session.js';
import type { UnrecordedSession } from '../domain/record-fact.js';
import type { SessionEvent } from '../telephony/platform-event.js';
import { mostMisses } from './resolve-session.js';
import { roleOf } from './event-roles.js';
import {
  isClosed,
  isDiscarded,
  isHandedOver,
  isHandOver,
  isRecorded,
  isStartless,
  isWorthKeeping,
  wasAsked,
  type SessionEntry,
} from './session-entry.js';

const isStart = (event: SessionEvent): boolean => roleOf(event) === 'introduces';

/** Whether only the platform can say what the waiting events belong to. */
export function isUnresolved(entry: SessionEntry): boolean {
  if (isRecorded(entry) || entry.waiting.length === 0) return false;
  if (wasAsked(entry)) return isHandedOver(entry);
  // A start that waits has its own reason; a call that was missed ends without a ticket.
  return !entry.waiting.some(isStart) && !isStartless(entry);
}

/** B5: as the agent sees it. */
function unrecordedSession(entry: SessionEntry): UnrecordedSession | undefined {
  const { sessionId, known, waiting } = entry;
  const reason = entry.blocked ?? (isUnresolved(entry) ? entry.resolving.reason : undefined);
  const session = known?.session ?? waiting.map((event) => (event as { session?: Session }).session).find(Boolean);
  const number = session?.customerNumber;
  return (
    reason && { sessionId, ...reason, ...(number ? { number } : {}), chat: session !== undefined && isChat(session) }
  );
}

/** B5: what is held, each time that it changes. */
export class UnrecordedSessions {
  readonly #tell: (unrecorded: readonly UnrecordedSession[]) => void;
  #told = '[]';

  constructor(tell: (unrecorded: readonly UnrecordedSession[]) => void = () => undefined) {
    this.#tell = tell;
  }

  tell(entries: readonly SessionEntry[]): void {
    const unrecorded = entries.flatMap((entry) => unrecordedSession(entry) ?? []);
    const text = JSON.stringify(unrecorded);
    if (text === this.#told) return;
    this.#told = text;
    this.#tell(unrecorded);
  }
}

/** Whether there is nothing to lose, or everybody was asked often enough: of a burst, nothing is given up unasked. */
const isHopeless = (entry: SessionEntry): boolean =>
  entry.resolving.withoutRecord >= mostMisses || entry.waiting.length === 0 || isStartless(entry);

/** Of sessions that never introduce themselves, and of those that are over, only the last few are held. */
export function surplusOf(
  entries: readonly SessionEntry[],
  remembers: { unknown: number; closed: number } = { unknown: 50, closed: 50 },
): {
  unknown: readonly SessionEntry[];
  over: readonly SessionEntry[];
} {
  const unknown = entries.filter((entry) => !isRecorded(entry) && !entry.waiting.some(isStart) && isHopeless(entry));
  const over = entries.filter((entry) => isClosed(entry) && !isWorthKeeping(entry));
  return {
    unknown: unknown.slice(0, Math.max(0, unknown.length - remembers.unknown)),
    over: over.slice(0, Math.max(0, over.length - remembers.closed)),
  };
}

/** R2, R27: whether its end is this agent's to write and has not come, though its start may still wait for a choice or the CRM. */
export const isUnfinished = (entry: SessionEntry): boolean => {
  const { waiting } = entry;
  if (isClosed(entry)) return false;
  const ends = waiting.some((event) => event.type === 'session.closed' || isHandOver(event));
  return isRecorded(entry) || isDiscarded(entry) || (waiting.some(isStart) && !ends);
};

/** How many events wait that may be written. */
export const countWaiting = (entries: readonly SessionEntry[]): number =>
  entries.reduce((sum, entry) => sum + (isStartless(entry) ? 0 : entry.waiting.length), 0);
