import type { Intent, Ref } from '../records/intent.js';
import { mostTickets } from './batching.js';
import { foldable } from './fold.js';
import { isOnItsWay, isWaiting, isWrite, type OutboxRow, type WriteRow } from './outbox-row.js';
import type { OutboxEntry } from './outbox.js';
import { longestDelay } from './retry-policy.js';

/** S12. Milliseconds. */
const longestWindow = 60_000;

/** Writes to one ticket that the outbox sends as one. */
export interface Group {
  ticketId: string;
  rows: readonly WriteRow[];
}

/** The contact or ticket that an intent needs. */
export const refOf = (intent: Intent): Ref | undefined =>
  intent.kind === 'create-contact' ? undefined : intent.kind === 'create-ticket' ? intent.contact : intent.ticket;

/** The id of a referenced contact or ticket. Undefined until it exists. */
export function resolved(ref: Ref, kind: 'contactId' | 'ticketId', row: (key: string) => OutboxRow | undefined) {
  return 'id' in ref ? ref.id : row(ref.madeBy)?.made?.[kind];
}

/** Whether the referenced contact or ticket exists. */
export function isReady(intent: Intent, row: (key: string) => OutboxRow | undefined): boolean {
  const ref = refOf(intent);
  return !ref || resolved(ref, intent.kind === 'create-ticket' ? 'contactId' : 'ticketId', row) !== undefined;
}

/** The keys of the row and of the rows that depend on it, without settled rows. The outbox discards them together. */
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
  /** Whether the row is claimed. */
  isBusy: (row: WriteRow) => boolean;
  /** B1: whether the outbox may combine the write with others. */
  isBatched: (row: WriteRow) => boolean;
  notBefore: (ticketId: string) => number;
  /** Sends all waiting rows now. */
  flushing: boolean;
}

/**
 * The groups that the outbox may send now, oldest first. B3: a ticket's writes keep their order. A retry sends the same
 * group, before the ticket's other rows. A row that needs a person does not block other rows. R12: if a session's
 * ticket changes, the session's rows for the new ticket wait for its rows for the old ticket.
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
    // A row that was sent before is sent again unchanged.
    if (tickets.size > 1 && row.group === undefined) heldBack.add(ticketId);
    if (holdsUp) busy.add(ticketId);
    // A retry sends the rows of one group together, even if other rows are between them.
    else if (!heldBack.has(ticketId) || isOfGroup(row, lanes.get(ticketId)))
      lanes.set(ticketId, [...(lanes.get(ticketId) ?? []), row]);
  }
  const all = options.flushing || lanes.size >= mostTickets;
  return [...lanes].flatMap(([ticketId, lane]) => {
    const again = lane[0]!.group === undefined ? undefined : lane.filter(({ group }) => group === lane[0]!.group);
    if (busy.has(ticketId)) return [];
    if (again) return again.every((row) => isDue(row, now)) ? [{ ticketId, rows: again }] : [];
    // A failed row waits for its next try, even if other rows are behind it.
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

/** The earliest time at which a waiting row may be sent. Infinity if nothing waits. */
export function nextDue(
  rows: readonly OutboxRow[],
  now: number,
  ticketOf: LaneOptions['ticketOf'],
  notBefore: LaneOptions['notBefore'],
): number {
  const waiting = rows.filter(isWaiting);
  const later = waiting.filter((row) => !isDue(row, now)).map(({ due = 0 }) => due);
  // A ticket with a longer window.
  const held = waiting
    .filter((row): row is WriteRow => isWrite(row) && isDue(row, now))
    .map((row) => notBefore(ticketOf(row) ?? ''));
  return Math.min(Infinity, ...later, ...held.filter((at) => at > now));
}

/**
 * Whether the outbox may send the row now. A row without `due` is due. A row is also due if its `due` is further away
 * than the longest delay, because the system clock must have gone back.
 */
export const isDue = ({ due = 0, failure }: OutboxRow, now: number): boolean =>
  due <= now || due > now + (failure ? longestDelay : longestWindow);
