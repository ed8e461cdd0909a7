import type { Intent, IntentOf, Ref } from '../records/intent.js';
import { expiresAfter, masked } from './mask.js';
import type { OutboxState } from './outbox.js';
import { verdict, type WriteFailure } from './retry-policy.js';

/** A stored entry. Times are in milliseconds since 1970. */
export interface OutboxRow {
  /** The intent's key. */
  key: string;
  /** The order in which rows were added, over all tabs. */
  order: number;
  state: OutboxState;
  since: number;
  tries: number;
  /**
   * The earliest time to send the row. An absolute time survives a reload, and a timer does not. Undefined until the
   * leader has chosen the row's window.
   */
  due?: number;
  /** Absent once the row is settled, because the outbox then removes the contents. */
  intent?: Intent;
  /** An earlier try may have reached the CRM. */
  maybeApplied?: boolean;
  /**
   * Key, stamp and status of the row's group. The outbox stores all three before the first try, so that every try sends
   * the same write.
   */
  group?: string;
  stamp?: string;
  status?: 'open' | 'solved';
  /** R35: the CRM has not taken the ticket's status, so the comment goes without it. */
  plain?: true;
  /** The CRM has refused the row's group. The outbox sends the row alone, so that only invalid rows need a person. */
  alone?: true;
  failure?: { code: string; message: string };
  /** The ids of the created records, for rows that refer to this row, and the stamp of the ticket after the write. */
  made?: { contactId?: string; ticketId?: string; stamp?: string };
  /** R12: how often the row's ticket has changed, the previous ticket, and the ticket that the row was accepted for. */
  moves?: number;
  from?: string;
  meant?: Ref;
}

export type NewRow = Omit<OutboxRow, 'order'>;

/** An unsettled row has its intent. */
export type OpenRow = OutboxRow & { intent: Intent };
export type WriteRow = OutboxRow & { intent: IntentOf<'write-ticket'> };

export const isWaiting = ({ state }: OutboxRow): boolean => state === 'pending' || state === 'ambiguous';
export const isOnItsWay = ({ state }: OutboxRow): boolean => state === 'sending' || state === 'parked';
export const isOpen = (row: OutboxRow): row is OpenRow => row.intent !== undefined && row.state !== 'settled';
export const isWrite = (row: OutboxRow): row is WriteRow => row.intent?.kind === 'write-ticket';

/*
 * The transitions of a row. No other file changes a row's state.
 *
 *   newRow ─▶ pending ─ sentAlone, sentInGroup ─▶ sending ─ settledRow ─▶ settled
 *               ▲  ▲                                │
 *               │  └───── failedRow: not applied ───┤
 *               │                                   ├─ failedRow: unknown, interrupted ─▶ ambiguous ─ again ─▶ sending
 *               │                                   ├─ failedRow: unauthorized ─▶ parked
 *               │                                   └─ failedRow: refused ─▶ dead
 *               └──── rowAgain ──── parked, dead
 *
 *   pending, ambiguous, parked, dead ─ expiredRow, after a week ─▶ expired ─ wantedAgain ─▶ pending, ambiguous
 *   settled (the CRM has deleted the contact) ─ wantedAgain ─▶ ambiguous
 */

/** New rows for accepted intents. Without `due`, the leader chooses when to send each row. */
export const newRows = (
  intents: readonly Intent[],
  since: number,
  due?: (intent: Intent) => number,
): readonly NewRow[] =>
  intents.map((intent) => ({
    key: intent.key,
    state: 'pending',
    since,
    tries: 0,
    ...(due && { due: due(intent) }),
    intent,
  }));

/** The row of a creation, when the outbox sends it. */
export const sentAlone = (row: OpenRow, intent: Intent): OutboxRow => ({
  ...row,
  intent,
  state: 'sending',
  tries: row.tries + 1,
});

/** The row of a write, when the outbox sends its group. Every later try has the same key, stamp and status. */
export const sentInGroup = (
  row: WriteRow,
  { group, stamp, status }: { group: string; stamp: string; status: OutboxRow['status'] },
): OutboxRow => ({ ...row, state: 'sending', tries: row.tries + 1, group, stamp, ...(status && { status }) });

/** A settled row keeps the ids of the created records, but not its intent. */
export const settledRow = (
  { key, order, since, tries }: OutboxRow,
  made: NonNullable<OutboxRow['made']>,
): OutboxRow => ({ key, order, since, tries, state: 'settled', due: 0, made });

/** The row after its page has ended. The CRM may have applied a row in the state `sending`. */
export const interrupted = <Row extends NewRow>(row: Row): Row =>
  row.state === 'sending' ? { ...row, state: 'ambiguous', maybeApplied: true } : row;

/** The row after a failed try. */
export function failedRow(row: OutboxRow, { message, ...failure }: WriteFailure, now: number): OutboxRow {
  const { code, outcome } = failure;
  const next = verdict(failure, row.tries);
  // If the CRM may have applied an earlier try, only a conflict proves the opposite. Other failures prove nothing.
  const maybeApplied = outcome === 'unknown' || (row.maybeApplied === true && code !== 'conflict');
  const state = next.state === 'pending' && maybeApplied ? 'ambiguous' : next.state;
  const due = 'delay' in next ? now + next.delay : row.due;
  return { ...row, state, maybeApplied, failure: { code, message }, ...(due !== undefined && { due }) };
}

/** Failures that one of several combined writes may have caused. */
const faultsOfOne: readonly string[] = ['invalid', 'forbidden'];

/**
 * The rows after a failed try of their group. If the CRM refuses a group, the outbox sends each row alone next, unless
 * the CRM may have applied an earlier try of the group.
 */
export function failedRows(rows: readonly OutboxRow[], failure: WriteFailure, now: number): readonly OutboxRow[] {
  const [first] = rows;
  if (first?.status === 'solved' && failure.outcome === 'refused' && faultsOfOne.includes(failure.code)) {
    const { group: _g, stamp: _s, status: _t, ...row } = first;
    return [{ ...row, state: 'pending', due: now, plain: true }];
  }
  const isOfOne = failure.outcome === 'refused' && faultsOfOne.includes(failure.code);
  if (rows.length === 1 || !isOfOne || rows.some((row) => row.maybeApplied))
    return rows.map((row) => failedRow(row, failure, now));
  return rows.map(({ group: _, stamp: __, status: ___, ...row }) => ({
    ...row,
    state: 'pending',
    due: now,
    alone: true,
  }));
}

/**
 * The row after a person has pressed Retry, or the agent has signed in. The row is due at once. It keeps its stamp only
 * if the CRM may have applied an earlier try.
 */
export const rowAgain = ({ stamp, ...row }: OutboxRow): OutboxRow =>
  row.maybeApplied
    ? { ...row, due: 0, state: 'ambiguous', ...(stamp !== undefined && { stamp }) }
    : { ...row, due: 0, state: 'pending' };

/** Counts a try that ended before the outbox sent anything. */
export const triedAgain = (row: OutboxRow): OutboxRow => ({ ...row, tries: row.tries + 1 });

/** The row after a conflict: the next try uses the ticket's new stamp. R35: it leaves the ticket's status alone. */
export const onNewStamp = ({ status, ...row }: OutboxRow): OutboxRow =>
  status === 'solved'
    ? { ...row, stamp: undefined, plain: true }
    : { ...row, stamp: undefined, ...(status && { status }) };

/** R20, R26: makes the row create its ticket for another contact. */
export const forContact = (row: OutboxRow, intent: IntentOf<'create-ticket'>, contact: Ref): OutboxRow => ({
  ...rowAgain(row),
  intent: { ...intent, contact },
});

/** R12: moves the row to another ticket. The CRM wrote nothing to the old ticket, so the next try is a first try. */
export const retargeted = (
  { group: _, stamp: __, status: ___, maybeApplied: ____, ...row }: WriteRow,
  from: string,
  ticket: Ref,
  moves: number,
): OutboxRow => {
  const meant = row.meant ?? row.intent.ticket;
  return { ...row, state: 'pending', due: 0, moves, from, meant, intent: { ...row.intent, ticket } };
};

/** S4: the row without personal data, after a week without success. Undefined while the outbox sends the row. */
export function expiredRow(row: OutboxRow, now: number): OutboxRow | undefined {
  if (row.since >= now - expiresAfter || !row.intent) return undefined;
  if (['settled', 'expired', 'sending'].includes(row.state)) return undefined;
  return { ...row, state: 'expired', intent: masked(row.intent) };
}

/**
 * The row for an intent that the outbox accepts again, because the old row has expired or the CRM has deleted the
 * contact (R20). Undefined if the old row stays unchanged.
 */
export function wantedAgain(row: NewRow, old: OutboxRow | undefined): OutboxRow | undefined {
  // If the CRM may have applied the expired row, the outbox asks the CRM before it sends the new row.
  if (old?.state === 'expired')
    return old.maybeApplied ? { ...old, ...row, state: 'ambiguous' } : { ...row, order: old.order };
  if (old?.state !== 'settled' || row.intent?.kind !== 'create-contact') return undefined;
  return { ...row, order: old.order, state: 'ambiguous', maybeApplied: true };
}

/** Unsettled rows, ready to be added to another store. */
export const unsettled = (rows: readonly OutboxRow[]): readonly NewRow[] =>
  rows.filter(({ state }) => state !== 'settled').map(({ order: _o, ...row }) => interrupted(row));
