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
   * The earliest time to send the row. It is absolute because timers do not survive a reload. Undefined until the
   * leader has chosen the row's window.
   */
  due?: number;
  /** Absent once the row is settled: the contents are no longer stored. */
  intent?: Intent;
  /** An earlier try may have reached the CRM. */
  maybeApplied?: boolean;
  /**
   * Key, stamp and status of the row's group. They are stored before the first try, so that every try is the same
   * write.
   */
  group?: string;
  stamp?: string;
  status?: 'open';
  /** The CRM has refused the row's group. The row is sent alone, so that only the invalid one needs a person. */
  alone?: true;
  failure?: { code: string; message: string };
  /** The ids of the created records. Rows that refer to them find them after a reload too. */
  made?: { contactId?: string; ticketId?: string };
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
 *               │                                   ├─ failedRow: unknown, interrupted ─▶ ambiguous ─ sent again ─▶ sending
 *               │                                   ├─ failedRow: unauthorized ─▶ parked
 *               │                                   └─ failedRow: refused ─▶ dead
 *               └──── rowAgain ──── parked, dead
 *
 *   pending, ambiguous, parked, dead ─ expiredRow, after a week ─▶ expired ─ wantedAgain ─▶ pending, ambiguous
 *   settled (a contact that is not there any more) ─ wantedAgain ─▶ ambiguous
 */

/** New rows for accepted intents. Without `due`, the leader chooses when they are sent. */
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

/** A creation is sent alone. */
export const sentAlone = (row: OpenRow, intent: Intent): OutboxRow => ({
  ...row,
  intent,
  state: 'sending',
  tries: row.tries + 1,
});

/** Writes to one ticket are sent as one. Every later try has the same key, stamp and status. */
export const sentInGroup = (
  row: WriteRow,
  { group, stamp, status }: { group: string; stamp: string; status: 'open' | undefined },
): OutboxRow => ({ ...row, state: 'sending', tries: row.tries + 1, group, stamp, ...(status && { status }) });

/** A settled row keeps the ids of the created records, but not its intent. */
export const settledRow = (
  { key, order, since, tries }: OutboxRow,
  made: NonNullable<OutboxRow['made']>,
): OutboxRow => ({ key, order, since, tries, state: 'settled', due: 0, made });

/** A row that was being sent when its page ended may have been applied. */
export const interrupted = <Row extends NewRow>(row: Row): Row =>
  row.state === 'sending' ? { ...row, state: 'ambiguous', maybeApplied: true } : row;

/** The row after a failed try. */
export function failedRow(row: OutboxRow, { message, ...failure }: WriteFailure, now: number): OutboxRow {
  const { code, outcome } = failure;
  const next = verdict(failure, row.tries);
  // Once a try may have been applied, later failures do not change that. Only a conflict proves that it was not
  // applied.
  const maybeApplied = outcome === 'unknown' || (row.maybeApplied === true && code !== 'conflict');
  const state = next.state === 'pending' && maybeApplied ? 'ambiguous' : next.state;
  const due = 'delay' in next ? now + next.delay : row.due;
  return { ...row, state, maybeApplied, failure: { code, message }, ...(due !== undefined && { due }) };
}

/** Failures that one of several combined writes may have caused. */
const faultsOfOne: readonly string[] = ['invalid', 'forbidden'];

/**
 * The rows after a failed try of their group. If the CRM refuses a group, its rows are sent alone next, unless the
 * group may have been applied before.
 */
export function failedRows(rows: readonly OutboxRow[], failure: WriteFailure, now: number): readonly OutboxRow[] {
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
 * The row after a person has pressed Retry, or the agent has signed in. It is due at once. Only a row that may have
 * been applied keeps its stamp.
 */
export const rowAgain = ({ stamp, ...row }: OutboxRow): OutboxRow =>
  row.maybeApplied
    ? { ...row, due: 0, state: 'ambiguous', ...(stamp !== undefined && { stamp }) }
    : { ...row, due: 0, state: 'pending' };

/** Counts a try that ended before anything was sent. */
export const triedAgain = (row: OutboxRow): OutboxRow => ({ ...row, tries: row.tries + 1 });

/** Somebody else changed the ticket. The next try uses the ticket's new stamp. */
export const onNewStamp = (row: OutboxRow): OutboxRow => ({ ...row, stamp: undefined });

/** R20, R26: the ticket is created for another contact. */
export const forContact = (row: OutboxRow, intent: IntentOf<'create-ticket'>, contact: Ref): OutboxRow => ({
  ...rowAgain(row),
  intent: { ...intent, contact },
});

/** R12: moves the row to another ticket. Nothing was written to the previous one, so the next try is a first try. */
export const retargeted = (
  { group: _, stamp: __, status: ___, maybeApplied: ____, ...row }: WriteRow,
  from: string,
  ticket: Ref,
  moves: number,
): OutboxRow => {
  const meant = row.meant ?? row.intent.ticket;
  return { ...row, state: 'pending', due: 0, moves, from, meant, intent: { ...row.intent, ticket } };
};

/** S4: removes personal data after a week without success. A row that is being sent is masked after its try. */
export function expiredRow(row: OutboxRow, now: number): OutboxRow | undefined {
  if (row.since >= now - expiresAfter || !row.intent) return undefined;
  if (['settled', 'expired', 'sending'].includes(row.state)) return undefined;
  return { ...row, state: 'expired', intent: masked(row.intent) };
}

/**
 * The row for an intent that is accepted again because its row has expired or its contact was deleted (R20). Undefined
 * if the existing row stays unchanged.
 */
export function wantedAgain(row: NewRow, old: OutboxRow | undefined): OutboxRow | undefined {
  // If the expired row may have been applied, the CRM is asked first.
  if (old?.state === 'expired')
    return old.maybeApplied ? { ...old, ...row, state: 'ambiguous' } : { ...row, order: old.order };
  if (old?.state !== 'settled' || row.intent?.kind !== 'create-contact') return undefined;
  return { ...row, order: old.order, state: 'ambiguous', maybeApplied: true };
}

/** Unsettled rows, ready to be added to another store. */
export const unsettled = (rows: readonly OutboxRow[]): readonly NewRow[] =>
  rows.filter(({ state }) => state !== 'settled').map(({ order: _o, ...row }) => interrupted(row));
