import type { Settings } from '../domain/settings.js';
import { own } from '../domain/own.js';
import { isFromSdk } from '../records/session-kind.js';
import { comesAfterTheEnd, fillsOwnFields } from '../records/needed-fields.js';
import type { RecordEvent } from '../records/rule.js';
import { isClosed, ticketIdOf, type SessionEntry } from './session-entry.js';
import type { CrmLookUps } from './crm-look-ups.js';

/**
 * X1–X10: only the latest session on a ticket fills the ticket's session fields. Resolves with true if another session
 * has started on the ticket since, so that `event` must not fill them. Looks at the other session entries and, for an
 * event after the end, at the session ID on the ticket or on its merge target (R12). Rejects with `NotNow` when the CRM
 * does not answer.
 */
export async function isSuperseded(
  entry: SessionEntry,
  event: RecordEvent,
  { settings, entries, lookUps }: { settings: Settings; entries: readonly SessionEntry[]; lookUps: CrmLookUps },
): Promise<boolean> {
  const ticketId = ticketIdOf(entry);
  if (ticketId === undefined || !fillsOwnFields(event, entry.known!, settings)) return false;
  const newer = entries.filter((other, at) => startsLater(other, entry, at > entries.indexOf(entry)));
  const theirs = newer.map(ticketIdOf);
  if (theirs.includes(ticketId)) return true;
  // Only an event that comes after the end, perhaps days later, is worth a CRM request.
  if (!comesAfterTheEnd(event)) return false;
  const idField = isClosed(entry) ? settings.tickets.sessionFields['session_id'] : undefined;
  if (theirs.length === 0 && idField === undefined) return false;
  const ticket = await lookUps.survivor(ticketId);
  const last = ticket && idField !== undefined ? own(ticket.fields, idField) : undefined;
  return theirs.includes(ticket?.id ?? '') || (typeof last === 'string' && last !== '' && last !== entry.sessionId);
}

/**
 * Whether `other` started after `entry`. The start of a session that was resumed after its end is unknown. Such a
 * session counts as earlier than every session that is not closed.
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
