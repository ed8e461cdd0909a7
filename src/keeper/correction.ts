import type { Iso } from '../domain/contact.js';
import { recordKey, stepOf } from '../domain/write-key.js';
import type { Intent } from '../records/intent.js';
import type { RecordEvent } from '../records/rule.js';

/** An event of the session, which a correction writes again. */
export interface ArchivedEvent {
  event: RecordEvent;
  /** The ticket that has the event's files, which are not written again. */
  filesOn?: string;
}

/** A row of the record as it was, when the correction found it in the outbox. */
export interface OpenWrite {
  key: string;
  at: Iso;
}

/** A ticket that gets a line about the correction, unless the row with `key` has told it already. */
export interface ToTell {
  ticketId: string;
  key?: string;
}

/**
 * R35: a correction in progress. JSON, but for files. The journal has each state before the keeper acts on it.
 *
 *   recalling ─ unsent rows taken back, the others settled ─▶ rewriting ─ rows in the outbox ─▶ telling ─▶ (none)
 *       ▲                                                                                          │
 *       └─────────────────────────── corrected again ◀─────────────────────────────────────────────┘
 */
export interface Correction {
  state: 'recalling' | 'rewriting' | 'telling';
  sessionId: string;
  /** The number of the correction, in the keys of its writes. */
  ordinal: number;
  /** `agent`: writes all of this desktop's cards again. `platform`: another desktop corrected; only waiting rows move. */
  by: 'agent' | 'platform';
  at: Iso;
  contact: { id: string; name?: string } | 'new';
  ticket: { id: string; url?: string } | 'new';
  /** The rows that the outbox had when the correction began. */
  open: readonly OpenWrite[];
  /** Rows among them that no archived event explains. They move as they are. */
  loose: readonly Intent[];
  tell: readonly ToTell[];
}

export type Corrected = Pick<Correction, 'sessionId' | 'ordinal' | 'by' | 'at' | 'contact' | 'ticket'>;

const lineKey = ({ sessionId, ordinal }: Correction, ticketId: string): string =>
  recordKey(sessionId, ordinal, stepOf('moved', { id: ticketId }));

/** The correction as it begins. It takes over what an unfinished one had still to do. */
export const begun = (given: Corrected, before: Correction | undefined): Correction => ({
  ...given,
  state: 'recalling',
  open: before?.state === 'telling' ? [] : (before?.open ?? []),
  loose: before?.state === 'telling' ? [] : (before?.loose ?? []),
  tell: (before?.tell ?? []).map((one) =>
    before?.state === 'telling' ? { ...one, key: lineKey(before, one.ticketId) } : one,
  ),
});

/** Notes more rows before the outbox gives them back. */
export const noted = (
  correction: Correction,
  { open, loose, tell }: Pick<Correction, 'open' | 'loose' | 'tell'>,
): Correction => ({
  ...correction,
  open: [...correction.open, ...open],
  loose: [...correction.loose, ...loose],
  tell: [...correction.tell, ...tell],
});

export const toRewrite = (correction: Correction, tell: readonly ToTell[]): Correction => ({
  ...correction,
  state: 'rewriting',
  tell,
});

export const toTell = (correction: Correction): Correction => ({
  ...correction,
  state: 'telling',
  open: [],
  loose: [],
});

/** Whether the session's events wait, because its rows are between two tickets. */
export const holdsEvents = (correction: Correction | undefined): boolean =>
  correction !== undefined && correction.state !== 'telling';
