import type { FieldDefinition, FieldValue } from '../domain/contact.js';
import type { Settings } from '../domain/settings.js';
import { sessionFieldDefinitions } from '../domain/session-fields.js';
import { own } from '../domain/own.js';
import { textIn } from '../telephony/event-parts.js';
import type { SessionEnd } from './session-facts.js';
import { fitted, ticketField } from './mapped-fields.js';
import type { Fields, Intent } from './intent.js';
import type { EventOf, Known } from './rule.js';
import { channelTitle, isFromSdk } from './session-kind.js';

/** Values by field id. Only for sessions of an SDK, and only for the last session on the ticket. */
function sessionFields(values: Readonly<Record<string, FieldValue | undefined>>, known: Known, settings: Settings) {
  if (!isFromSdk(known.session) || known.superseded) return {};
  const fields = new Map<string, FieldValue>();
  const mapping = settings.tickets.sessionFields;
  for (const [key, value] of Object.entries(values)) {
    const id = own(mapping, key);
    if (id === undefined || value === undefined) continue;
    const definition = ticketField(known.fields, id);
    // A missing field, or a field of another type, would make the CRM refuse the whole write. The keeper reports both.
    const fit = definition ? fitted(value, definition) : known.fields ? undefined : value;
    if (fit !== undefined) fields.set(id, fit);
  }
  return Object.fromEntries(fields);
}

/** A value of each type that a session field can have (X1–X10). */
const samples: Readonly<Partial<Record<FieldDefinition['type'], FieldValue>>> = {
  text: 'a',
  multiline: 'a\nb',
  integer: 1,
  checkbox: true,
};

export interface UnfitField {
  /** The ticket field's id. */
  id: string;
  message: string;
}

/** R16, X1–X10: a message for each configured session field that cannot be filled. */
export const unfitSessionFields = (
  { tickets }: Settings,
  definitions: readonly FieldDefinition[],
): readonly UnfitField[] =>
  sessionFieldDefinitions.flatMap(({ key, title, type }) => {
    const id = own(tickets.sessionFields, key);
    if (id === undefined) return [];
    const field = `Session field ${key} ("${title}")`;
    const there = ticketField(definitions, id);
    if (!there) return [{ id, message: `${field} is not filled: there is no ticket field ${id}` }];
    if (fitted(samples[type]!, there) !== undefined) return [];
    const filled = type === 'multiline' && there.type === 'text' ? 'filled only with a single line' : 'not filled';
    const why = `ticket field ${id} ("${there.title}") is of type ${there.type}, not ${type}`;
    return [{ id, message: `${field} is ${filled}: ${why}` }];
  });

/** R12: the session fields after a write, for a follow-up ticket. */
export function sessionFieldsAfter(intent: Intent, { sessionFields }: Known, { tickets }: Settings) {
  const written =
    intent.kind === 'write-ticket' ? intent.fields : intent.kind === 'create-ticket' ? intent.draft.fields : undefined;
  const own = new Set(Object.values(tickets.sessionFields));
  const entries = Object.entries(written ?? {}).filter(([id]) => own.has(id));
  return entries.length > 0 ? { sessionFields: { ...sessionFields, ...Object.fromEntries(entries) } } : {};
}

/** X1, X2: the fields at the start of a session. */
export const startFields = (known: Known, settings: Settings): Fields =>
  sessionFields(
    { session_type: channelTitle(known.session.channel), from_number: known.session.platformNumber },
    known,
    settings,
  );

/** X3–X7: the fields at the end of a session. */
export function endFields({ durations: { total, wait, hold } }: SessionEnd, known: Known, settings: Settings): Fields {
  return sessionFields(
    {
      duration: total,
      wait_time: wait,
      queue_name: known.session.queue?.path.join(' › ') || undefined,
      session_id: known.session.id,
      hold_time: hold,
    },
    known,
    settings,
  );
}

/** X8, X10: the fields of a rating. */
export const ratingFields = ({ score, feedback }: EventOf<'rating.received'>, known: Known, settings: Settings) =>
  sessionFields({ csat_score: score, customer_feedback: textIn(feedback) }, known, settings);

/** X9: the field of a verification. */
export const verificationFields = (verified: boolean | undefined, known: Known, settings: Settings): Fields =>
  sessionFields({ verification: verified }, known, settings);
