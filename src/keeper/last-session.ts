import type { Settings } from '../domain/settings.js';
import { own } from '../domain/own.js';
import { isFromSdk } from '../records/session-kind.js';
import { comesAfterTheEnd, fillsOwnFields } from '../records/needed-fields.js';
import type { SessionEvent } from '../telephony/platform-event.js';
import { isClosed, ticketIdOf, type SessionEntry } from './session-entry.js';
import type { CrmLookUps } from './crm-look-ups.js';

/**
 * X1–X10: the last session on a ticket wins, which is the one that started last. Whether `event` comes too late for that:
 * by what is known here of other sessions, and after the end by the ID on the ticket, or on what it was merged into (R12).
 * Rejects with a `NotNow` when the CRM could not be asked.
 */
export async function isSuperseded(
  entry: SessionEntry,
  event: SessionEvent,
  { settings, entries, lookUps }: { settings: Settings; entries: readonly SessionEntry[]; lookUps: CrmLookUps },
): Promise<boolean> {
  const ticketId = ticketIdOf(entry);
  if (ticketId === undefined || !fillsOwnFields(event, entry.known!, settings)) return false;
  const newer = entries.filter((other, at) => startsLater(other, entry, at > entries.indexOf(entry)));
  const theirs = newer.map(ticketIdOf);
  if (theirs.includes(ticketId)) return true;
  // What comes with the end is not worth a look at the CRM; what comes days later is.
  if (!comesAfterTheEnd(event)) return false;
  const idField = isClosed(entry) ? settings.tickets.sessionFields['session_id'] : undefined;
  if (theirs.length === 0 && idField === undefined) return false;
  const ticket = await lookUps.survivor(ticketId);
  const last = ticket && idField !== undefined ? own(ticket.fields, idField) : undefined;
  return theirs.includes(ticket?.id ?? '') || (typeof last === 'string' && last !== '' && last !== entry.sessionId);
}

/** Of one that was taken up after its end nobody knows when it started: before one that is still on. */
function startsLater(other: SessionEntry, entry: SessionEntry, isNewer: boolean): boolean {
  const [{ known }, { known: own }] = [other, entry];
  if (!known?.recorded || known.session.id === own!.session.id || !isFromSdk(known.session)) return false;
  if (own!.startedAt === undefined) return isClosed(entry) && !isClosed(other);
  return (
    known.startedAt !== undefined &&
    (known.startedAt > own!.startedAt || (known.startedAt === own!.startedAt && isNewer))
  );
}
