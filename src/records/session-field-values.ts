import type { FieldDefinition, FieldValue } from '../domain/contact.js';
import type { Settings } from '../domain/settings.js';
import { sessionFieldDefinitions } from '../domain/session-fields.js';
import { fitted, ticketField } from './mapped-fields.js';
import type { EventOf, Known } from './rule.js';
import { channelTitle, isFromSdk } from './session-kind.js';

type Fields = Readonly<Record<string, FieldValue>>;

/** By the field's id; only for sessions of an SDK, and only of the last one on the ticket. */
function sessionFields(values: Readonly<Record<string, FieldValue | undefined>>, known: Known, settings: Settings) {
  const fields: Record<string, FieldValue> = {};
  if (!isFromSdk(known.session) || known.superseded) return fields;
  const mapping = settings.tickets.sessionFields;
  for (const [key, value] of Object.entries(values)) {
    const id = Object.hasOwn(mapping, key) ? mapping[key] : undefined;
    if (id === undefined || value === undefined) continue;
    const definition = ticketField(known.fields, id);
    // A field that is gone or of another type would have the whole write refused: the keeper reports it.
    const fit = definition ? fitted(value, definition) : known.fields ? undefined : value;
    if (fit !== undefined) fields[id] = fit;
  }
  return fields;
}

/** Of the session fields that are set up, in words: those that cannot be filled. */
export const unfitSessionFields = ({ tickets }: Settings, definitions: readonly FieldDefinition[]): readonly string[] =>
  sessionFieldDefinitions.flatMap(({ key, title, type }) => {
    const id = Object.hasOwn(tickets.sessionFields, key) ? tickets.sessionFields[key] : undefined;
    if (id === undefined) return [];
    const there = ticketField(definitions, id);
    if (!there) return [`"${title}" is not filled: there is no ticket field ${id}`];
    const takes = there.type === type || (type === 'text' && there.type === 'multiline');
    return takes ? [] : [`"${title}" is not filled: ticket field "${there.title}" (${id}) is of type ${there.type}`];
  });

/** X1, X2. */
export const startFields = (known: Known, settings: Settings): Fields =>
  sessionFields(
    { session_type: channelTitle(known.session.channel), from_number: known.session.platformNumber },
    known,
    settings,
  );

/** X3–X7. */
export const endFields = ({ durations }: EventOf<'session.ended'>, known: Known, settings: Settings): Fields =>
  sessionFields(
    {
      duration: Math.round(durations.total),
      wait_time: Math.round(durations.wait),
      queue_name: known.session.queue?.path.join(' › ') || undefined,
      session_id: known.session.id,
      hold_time: Math.round(durations.hold),
    },
    known,
    settings,
  );

/** X8, X10. */
export const ratingFields = ({ score, feedback }: EventOf<'rating.received'>, known: Known, settings: Settings) =>
  sessionFields({ csat_score: score, customer_feedback: feedback }, known, settings);

/** X9. */
export const verificationFields = (verified: boolean | undefined, known: Known, settings: Settings): Fields =>
  sessionFields({ verification: verified }, known, settings);
