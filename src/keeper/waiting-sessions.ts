import { isChat } from '../domain/session.js';
import type { UnrecordedSession } from '../domain/record-fact.js';
import type { SessionEvent } from '../telephony/platform-event.js';
import { mostMisses } from './resolve-session.js';
import { roleOf } from './event-roles.js';
import {
  awaitsEndCard,
  awaitsTranscript,
  isClosed,
  isDiscarded,
  isHandedOver,
  isHandOver,
  wasHandedOver,
  isRecorded,
  isStartless,
  isUnwritten,
  sessionOf,
  wasAsked,
  type SessionEntry,
} from './session-entry.js';

const isStart = (event: SessionEvent): boolean => roleOf(event) === 'introduces';

/** Whether the keeper must ask the platform for the session's record. */
export function isUnresolved(entry: SessionEntry): boolean {
  if (isRecorded(entry) || entry.waiting.every((event) => roleOf(event) === 'detail')) return false;
  if (wasAsked(entry)) return wasHandedOver(entry);
  // A waiting start event has another reason to wait than the platform. A missed call gets no record.
  return !entry.waiting.some(isStart) && !isStartless(entry);
}

/** B5: the session and why it waits, for the agent. Undefined if the session does not wait. */
function unrecordedSession(entry: SessionEntry): UnrecordedSession | undefined {
  const { sessionId } = entry;
  const reason = entry.blocked ?? (isUnresolved(entry) ? entry.resolving.reason : undefined);
  const session = sessionOf(entry);
  const number = session?.customerNumber;
  return (
    reason && { sessionId, ...reason, ...(number ? { number } : {}), chat: session !== undefined && isChat(session) }
  );
}

/** B5: reports the unrecorded sessions whenever they change. */
export class UnrecordedSessions {
  readonly #tell: (unrecorded: readonly UnrecordedSession[], endCards: number) => void;
  #told = '[[],0]';

  constructor(tell: (unrecorded: readonly UnrecordedSession[], endCards: number) => void = () => undefined) {
    this.#tell = tell;
  }

  tell(entries: readonly SessionEntry[]): void {
    const unrecorded = entries.flatMap((entry) => unrecordedSession(entry) ?? []);
    const endCards = entries.filter((entry) => awaitsEndCard(entry) || awaitsTranscript(entry)).length;
    const text = JSON.stringify([unrecorded, endCards]);
    if (text === this.#told) return;
    this.#told = text;
    this.#tell(unrecorded, endCards);
  }
}

/**
 * Whether the keeper may forget the session: no event would be lost, or enough look-ups found no record. R17: after a
 * burst of late events, the keeper forgets no session before those look-ups.
 */
const isHopeless = (entry: SessionEntry): boolean =>
  entry.resolving.withoutRecord >= mostMisses || entry.waiting.length === 0 || isStartless(entry);

/** Milliseconds. How long the keeper remembers a session that is over. */
const rememberedFor = 24 * 3_600_000;

/** Whether the session has been over for too long to be remembered. */
export const isTooOld = (overSince: number | undefined, now: number): boolean =>
  overSince !== undefined && Math.abs(now - overSince) > rememberedFor;

/** Whether the keeper has nothing left to write for the session. */
export const isOver = (entry: SessionEntry): boolean => (isClosed(entry) || isHandedOver(entry)) && !isUnwritten(entry);

/** The oldest unknown and the oldest closed sessions, beyond what the keeper remembers. */
export function surplusOf(
  entries: readonly SessionEntry[],
  now: number,
  remembers: { unknown: number; closed: number } = { unknown: 50, closed: 200 },
): {
  unknown: readonly SessionEntry[];
  over: readonly SessionEntry[];
} {
  const unknown = entries.filter((entry) => !isRecorded(entry) && !entry.waiting.some(isStart) && isHopeless(entry));
  const over = entries.filter(isOver);
  const old = over.filter(({ overSince }) => isTooOld(overSince, now));
  const recent = over.filter((entry) => !old.includes(entry));
  return {
    unknown: unknown.slice(0, Math.max(0, unknown.length - remembers.unknown)),
    over: [...old, ...recent.slice(0, Math.max(0, recent.length - remembers.closed))],
  };
}

/**
 * R2, R27: whether this desktop must still write the session's end. The session's start may still wait too.
 */
export const isUnfinished = (entry: SessionEntry): boolean => {
  const { waiting } = entry;
  if (isClosed(entry) || isHandedOver(entry)) return false;
  const ends = waiting.some((event) => event.type === 'session.closed' || isHandOver(event));
  return isRecorded(entry) || isDiscarded(entry) || (waiting.some(isStart) && !ends);
};

/** The number of waiting events that the keeper will write, of end cards and of transcripts (B5). */
export const countWaiting = (entries: readonly SessionEntry[]): number =>
  entries.reduce(
    (sum, entry) =>
      sum + (isStartless(entry) ? 0 : entry.waiting.length) + (awaitsEndCard(entry) || awaitsTranscript(entry) ? 1 : 0),
    0,
  );
