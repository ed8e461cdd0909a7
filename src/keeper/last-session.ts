import type { Settings } from '../domain/settings.js';
import { own } from '../domain/own.js';
import { isFromSdk } from '../records/session-kind.js';
import { comesAfterTheEnd, fillsOwnFields } from '../records/needed-fields.js';
import type { SessionEvent } from '../telephony/platform-event.js';
import { isClosed, ticketIdOf, type SessionEntry } from './session-entry.js';
import type { CrmLookUps } from './crm-look-ups.js';

/**
 * X1–X10: a ticket's session fields belong to the session that started last. Tells whether another session has started
 * since, so that `event` must not fill them: by the other session entries and, after the end, by the session ID on the
 * ticket, or on the ticket that it was merged into (R12). Rejects with `NotNow` when the CRM could not be asked.
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
  // Events that come with the end are not worth a CRM request. Events that come days later are.
  if (!comesAfterTheEnd(event)) return false;
  const idField = isClosed(entry) ? settings.tickets.sessionFields['session_id'] : undefined;
  if (theirs.length === 0 && idField === undefined) return false;
  const ticket = await lookUps.survivor(ticketId);
  const last = ticket && idField !== undefined ? own(ticket.fields, idField) : undefined;
  return theirs.includes(ticket?.id ?? '') || (typeof last === 'string' && last !== '' && last !== entry.sessionId);
}

/**
 * A session that was resumed after its end has no known start. It counts as earlier than a session that is still on.
 */
function startsLater(other: SessionEntry, entry: SessionEntry, isNewer: boolean): boolean {
  const [{ known }, { known: own }] = [other, entry];
  if (!known?.recorded || known.session.id === own!.session.id || !isFromSdk(known.session)) return false;
  if (own!.startedAt === undefined) return isClosed(entry) && !isClosed(other);
  return (
    known.startedAt !== undefined &&
    (known.startedAt > own!.startedAt || (known.startedAt === own!.startedAt && isNewer))
  );
}
