import type { Settings } from '../domain/settings.js';
import { isFromSdk } from '../records/session-kind.js';
import { comesAfterTheEnd, fillsOwnFields } from '../records/needed-fields.js';
import type { SessionEvent } from '../telephony/platform-event.js';
import { ticketIdOf, type Lane } from './keeper-lane.js';
import type { KeeperLookUps } from './keeper-look-ups.js';

/**
 * X1–X10: the last session on a ticket wins, which is the one that started last. Whether `event` comes too late for that:
 * by what is known here of other sessions, and after its end by the ID on the ticket, or on what it was merged into (R12).
 * Rejects with a `NotNow` when the CRM could not be asked.
 */
export async function isSuperseded(
  lane: Lane,
  event: SessionEvent,
  { settings, lanes, lookUps }: { settings: Settings; lanes: readonly Lane[]; lookUps: KeeperLookUps },
): Promise<boolean> {
  const ticketId = ticketIdOf(lane);
  if (ticketId === undefined || !fillsOwnFields(event, lane.known!, settings)) return false;
  const later = lanes.filter((other, at) => startsLater(other, lane, at > lanes.indexOf(lane))).map(ticketIdOf);
  if (later.includes(ticketId)) return true;
  const idField = lane.closed && comesAfterTheEnd(event) ? settings.tickets.sessionFields['session_id'] : undefined;
  if (later.length === 0 && idField === undefined) return false;
  const ticket = await lookUps.survivor(ticketId);
  if (!ticket || later.includes(ticket.id)) return ticket !== undefined;
  const last = idField === undefined ? undefined : ticket.fields[idField];
  return typeof last === 'string' && last !== '' && last !== lane.sessionId;
}

/** Of one that was taken up after its end nobody knows when it started: before one that is still on. */
function startsLater({ known, closed }: Lane, { known: own, closed: over }: Lane, isNewer: boolean): boolean {
  if (!known?.recorded || known.session.id === own!.session.id || !isFromSdk(known.session)) return false;
  if (own!.startedAt === undefined) return over === true && !closed;
  return (
    known.startedAt !== undefined &&
    (known.startedAt > own!.startedAt || (known.startedAt === own!.startedAt && isNewer))
  );
}
