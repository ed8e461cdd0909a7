import type { Intent, IntentOf, Ref } from '../records/intent.js';
import { expiresAfter, masked } from './mask.js';
import type { OutboxState } from './outbox.js';
import { verdict, type WriteFailure } from './retry-policy.js';

/** An entry as it is kept. Times are in milliseconds since 1970. */
export interface OutboxRow {
  /** The intent's key. */
  key: string;
  /** The order in which rows were added, over all tabs. */
  order: number;
  state: OutboxState;
  since: number;
  tries: number;
  /** Not before this time: absolute, because timers do not survive a reload. Undefined: its window is not decided yet. */
  due?: number;
  /** Absent once it is settled: what was to be written is no longer kept. */
  intent?: Intent;
  /** An earlier try may have reached the CRM. */
  maybeApplied?: boolean;
  /** Stored before it is sent, so that a second try is the same write: the key, stamp and status of its group. */
  group?: string;
  stamp?: string;
  status?: 'open';
  /** The CRM has refused what it was a part of: it goes by itself, so that only what is at fault needs a person. */
  alone?: true;
  failure?: { code: string; message: string };
  /** What it made, by id: what refers to it finds it after a reload too. */
  made?: { contactId?: string; ticketId?: string };
  /** R12: how often its ticket was another, which the last one was, and which it was accepted for. */
  moves?: number;
  from?: string;
  meant?: Ref;
}

export type NewRow = Omit<OutboxRow, 'order'>;

/** A row that is still to be sent has its intent. */
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

/** The rows of intents that were just accepted. Without `due` the leader decides when they go. */
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

/** A creation goes out by itself. */
export const sentAlone = (row: OpenRow, intent: Intent): OutboxRow => ({
  ...row,
  intent,
  state: 'sending',
  tries: row.tries + 1,
});

/** Writes to one ticket go out as one. Each later try has the same key, stamp and status. */
export const sentInGroup = (
  row: WriteRow,
  { group, stamp, status }: { group: string; stamp: string; status: 'open' | undefined },
): OutboxRow => ({ ...row, state: 'sending', tries: row.tries + 1, group, stamp, ...(status && { status }) });

/** The intent is no longer kept: only that it was written, and what it made. */
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
  // A try that may have been applied stays so, whatever the next try says. Only a conflict says that it was not applied.
  const maybeApplied = outcome === 'unknown' || (row.maybeApplied === true && code !== 'conflict');
  const state = next.state === 'pending' && maybeApplied ? 'ambiguous' : next.state;
  const due = 'delay' in next ? now + next.delay : row.due;
  return { ...row, state, maybeApplied, failure: { code, message }, ...(due !== undefined && { due }) };
}

/** Failures for which one of several writes that went out together may be to blame. */
const faultsOfOne: readonly string[] = ['invalid', 'forbidden'];

/** The rows of one try that failed. A group that the CRM refuses is taken apart, unless it may have been applied before. */
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

/** A person, or a log-in, wants it tried again at once. Only a row that may have been applied needs its stamp. */
export const rowAgain = ({ stamp, ...row }: OutboxRow): OutboxRow =>
  row.maybeApplied
    ? { ...row, due: 0, state: 'ambiguous', ...(stamp !== undefined && { stamp }) }
    : { ...row, due: 0, state: 'pending' };

/** The try ended before anything was sent. */
export const triedAgain = (row: OutboxRow): OutboxRow => ({ ...row, tries: row.tries + 1 });

/** Somebody else changed the ticket: the next try is the same write on the ticket's new stamp. */
export const onNewStamp = (row: OutboxRow): OutboxRow => ({ ...row, stamp: undefined });

/** R20, R26: the ticket is made for another contact. */
export const forContact = (row: OutboxRow, intent: IntentOf<'create-ticket'>, contact: Ref): OutboxRow => ({
  ...rowAgain(row),
  intent: { ...intent, contact },
});

/** R12: the row's ticket is another one now. Nothing was written to the ticket before: it goes there as a first try. */
export const retargeted = (
  { group: _, stamp: __, status: ___, maybeApplied: ____, ...row }: WriteRow,
  from: string,
  ticket: Ref,
  moves: number,
): OutboxRow => {
  const meant = row.meant ?? row.intent.ticket;
  return { ...row, state: 'pending', due: 0, moves, from, meant, intent: { ...row.intent, ticket } };
};

/** S4: after a week without success nothing of a person's is kept. A row on its way comes back first. */
export function expiredRow(row: OutboxRow, now: number): OutboxRow | undefined {
  if (row.since >= now - expiresAfter || !row.intent) return undefined;
  if (['settled', 'expired', 'sending'].includes(row.state)) return undefined;
  return { ...row, state: 'expired', intent: masked(row.intent) };
}

/**
 * An intent that was accepted before is accepted again: its row is expired, or its contact is deleted (R20). Undefined: the
 * row that is there stays.
 */
export function wantedAgain(row: NewRow, old: OutboxRow | undefined): OutboxRow | undefined {
  // If it may have been applied, the CRM is asked first.
  if (old?.state === 'expired')
    return old.maybeApplied ? { ...old, ...row, state: 'ambiguous' } : { ...row, order: old.order };
  if (old?.state !== 'settled' || row.intent?.kind !== 'create-contact') return undefined;
  return { ...row, order: old.order, state: 'ambiguous', maybeApplied: true };
}

/** Rows as another store takes them up. */
export const unsettled = (rows: readonly OutboxRow[]): readonly NewRow[] =>
  rows.filter(({ state }) => state !== 'settled').map(({ order: _o, ...row }) => interrupted(row));
