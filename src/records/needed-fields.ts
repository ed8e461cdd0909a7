import type { Settings } from '../domain/settings.js';
import { isCardDue } from './card-due.js';
import { mappedKeys } from './mapped-fields.js';
import type { Known, RecordEvent } from './rule.js';
import { isFromSdk, startsRecord } from './session-kind.js';

/** Whether an event fills ticket fields, so that the CRM's field definitions are needed (R16, X1–X10). */
export function needsFields(event: RecordEvent, known: Known, settings: Settings): boolean {
  const { customDataFields, sessionFields } = settings.tickets;
  const starts = !known.recorded && startsRecord(event, known, settings);
  const data =
    event.type === 'custom-data.received'
      ? event.data
      : starts || event.type === 'voicemail.received'
        ? known.session.customData
        : {};
  if (mappedKeys(data, customDataFields).length > 0) return true;
  if (!isFromSdk(known.session) || Object.keys(sessionFields).length === 0) return false;
  return starts || fillingEvents.has(event.type) || fillsAtEnd(event, known, settings);
}

const fillingEvents: ReadonlySet<RecordEvent['type']> = new Set([
  'voicemail.received',
  'rating.received',
  'smart-action.completed',
]);

/** Whether an event may come after the end of its session, even days later. */
export const comesAfterTheEnd = ({ type }: RecordEvent): boolean =>
  type === 'rating.received' || type === 'smart-action.completed';

/** X3–X10: whether an event fills session fields late, when another session may be the last one on the ticket. */
export const fillsOwnFields = (event: RecordEvent, known: Known, settings: Settings): boolean =>
  (fillsAtEnd(event, known, settings) || comesAfterTheEnd(event)) &&
  isFromSdk(known.session) &&
  Object.keys(settings.tickets.sessionFields).length > 0;

/** X3–X7: the fields of the end come with the end card, and those of an abandoned session with its end. */
const fillsAtEnd = (event: RecordEvent, known: Known, settings: Settings): boolean =>
  event.type === 'session.ended' || isCardDue(event, known, settings);
