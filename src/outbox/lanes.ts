import type { Intent, Ref } from '../records/intent.js';
import { mostTickets } from './batching.js';
import { foldable } from './fold.js';
import { isOnItsWay, isWaiting, isWrite, type OutboxRow, type WriteRow } from './outbox-row.js';
import type { OutboxEntry } from './outbox.js';
import { longestDelay } from './retry-policy.js';

/** S12. Milliseconds. */
const longestWindow = 60_000;

/** Writes to one ticket that go out as one. */
export interface Group {
  ticketId: string;
  rows: readonly WriteRow[];
}

/** What an intent refers to. */
export const refOf = (intent: Intent): Ref | undefined =>
  intent.kind === 'create-contact' ? undefined : intent.kind === 'create-ticket' ? intent.contact : intent.ticket;

/** The id that a reference stands for; undefined while it is not made. */
export function resolved(ref: Ref, kind: 'contactId' | 'ticketId', row: (key: string) => OutboxRow | undefined) {
  return 'id' in ref ? ref.id : row(ref.madeBy)?.made?.[kind];
}

/** What it refers to is there. */
export function isReady(intent: Intent, row: (key: string) => OutboxRow | undefined): boolean {
  const ref = refOf(intent);
  return !ref || resolved(ref, intent.kind === 'create-ticket' ? 'contactId' : 'ticketId', row) !== undefined;
}

/** What is given up with an entry, because it refers to what that would have made. */
export function withDependents(
  rows: readonly (Pick<OutboxRow, 'key' | 'intent'> & Pick<OutboxEntry, 'state'>)[],
  key: string,
): readonly string[] {
  const given = new Set([key]);
  for (const { key: own, intent } of rows) {
    const ref = intent && refOf(intent);
    if (ref && 'madeBy' in ref && given.has(ref.madeBy)) given.add(own);
  }
  const settled = new Set(rows.flatMap((row) => (row.state === 'settled' ? [row.key] : [])));
  return [...given].filter((one) => !settled.has(one));
}

export interface LaneOptions {
  now: number;
  ticketOf: (row: WriteRow) => string | undefined;
  /** Somebody is changing it. */
  isBusy: (row: WriteRow) => boolean;
  /** B1: a write that does not wait goes alone. */
  isBatched: (row: WriteRow) => boolean;
  notBefore: (ticketId: string) => number;
  /** All that waits goes now. */
  flushing: boolean;
}

/**
 * The groups that may go out now, the oldest first. One ticket's writes keep their order (B3): what was sent before goes
 * again as it was, before anything else of its ticket; what needs a person holds up nothing. R12: a session whose ticket
 * has become another keeps its order too: what it has for the one waits for what it still has for the other.
 */
export function dueGroups(rows: readonly OutboxRow[], options: LaneOptions): readonly Group[] {
  const { now, ticketOf, notBefore } = options;
  const lanes = new Map<string, WriteRow[]>();
  const busy = new Set<string>();
  const before = new Map<string, Set<string>>();
  const heldBack = new Set<string>();
  for (const row of rows) {
    if (!isWrite(row)) continue;
    const ticketId = ticketOf(row);
    if (ticketId === undefined) continue;
    const holdsUp = isOnItsWay(row) || options.isBusy(row);
    if (!holdsUp && !isWaiting(row)) continue;
    const { sessionId } = row.intent;
    const tickets = before.get(sessionId) ?? new Set();
    before.set(sessionId, tickets.add(ticketId));
    // What was sent once goes again as it was.
    if (tickets.size > 1 && row.group === undefined) heldBack.add(ticketId);
    if (holdsUp) busy.add(ticketId);
    // What went out as one goes again as one, whatever has come between its parts since.
    else if (!heldBack.has(ticketId) || isOfGroup(row, lanes.get(ticketId)))
      lanes.set(ticketId, [...(lanes.get(ticketId) ?? []), row]);
  }
  const all = options.flushing || lanes.size >= mostTickets;
  return [...lanes].flatMap(([ticketId, lane]) => {
    const again = lane[0]!.group === undefined ? undefined : lane.filter(({ group }) => group === lane[0]!.group);
    if (busy.has(ticketId)) return [];
    if (again) return again.every((row) => isDue(row, now)) ? [{ ticketId, rows: again }] : [];
    // What failed waits for its next try, whatever has come behind it.
    if (lane[0]!.failure && !isDue(lane[0]!, now)) return [];
    const goes = all || (lane.some((row) => isDue(row, now)) && notBefore(ticketId) <= now);
    return goes ? [{ ticketId, rows: lane.slice(0, together(lane, options)) }] : [];
  });
}

const isOfGroup = ({ group }: WriteRow, lane: readonly WriteRow[] = []): boolean =>
  group !== undefined && lane.some((row) => row.group === group);

function together(lane: readonly WriteRow[], { isBatched }: LaneOptions): number {
  const goesAlone = (row: WriteRow) => !isBatched(row) || row.alone === true;
  if (goesAlone(lane[0]!)) return 1;
  const alone = lane.findIndex((row) => goesAlone(row) || row.group !== undefined);
  const batched = alone < 0 ? lane : lane.slice(0, alone);
  return foldable(batched.map(({ intent }) => intent));
}

/** When something that waits is due next; Infinity: nothing waits. */
export const nextDue = (rows: readonly OutboxRow[], now: number): number =>
  Math.min(Infinity, ...rows.filter((row) => isWaiting(row) && !isDue(row, now)).map(({ due = 0 }) => due));

/** What has no time yet waits for nothing; nor does what waits longer than anything may: the clock was put back since. */
export const isDue = ({ due = 0, failure }: OutboxRow, now: number): boolean =>
  due <= now || due > now + (failure ? longestDelay : longestWindow);
