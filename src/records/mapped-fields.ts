import type { FieldDefinition, FieldValue } from '../domain/contact.js';
import { linesOf } from '../domain/one-line.js';
import { isDay } from '../domain/utc-time.js';
import { own } from '../domain/own.js';
import { valuesIn } from '../telephony/event-parts.js';
import { oneLine } from '../domain/one-line.js';
import { writingOf } from './card.js';
import type { Known } from './rule.js';
import { say } from './writing.js';

type Values = Readonly<Record<string, FieldValue>>;
type Fit = (value: FieldValue) => FieldValue | undefined;

const only =
  (fits: (value: FieldValue) => boolean): Fit =>
  (value) =>
    fits(value) ? value : undefined;

/** Converts a value for a field of this type. Undefined: the field cannot hold it. */
const fit: Readonly<Record<FieldDefinition['type'], Fit>> = {
  text: (value) => (linesOf(String(value)).length > 1 ? undefined : String(value)),
  multiline: (value) => String(value),
  integer: only((value) => Number.isInteger(value)),
  decimal: only((value) => Number.isFinite(value)),
  checkbox: only((value) => typeof value === 'boolean'),
  date: only((value) => typeof value === 'string' && isDay(value)),
  // A list of choices or a pattern: which values it accepts is not known.
  other: () => undefined,
};

export const fitted = (value: FieldValue, { type }: FieldDefinition): FieldValue | undefined =>
  value === null ? null : fit[type](value);

export const ticketField = (
  definitions: readonly FieldDefinition[] | undefined,
  id: string,
): FieldDefinition | undefined => definitions?.find((one) => one.on === 'ticket' && one.id === id);

/** The keys of custom data that have a field (S11). */
export const mappedKeys = (data: Values | undefined, mapping: Readonly<Record<string, string>>): readonly string[] =>
  Object.keys(valuesIn(data)).filter((key) => Object.hasOwn(mapping, key));

/** R16: custom data as ticket fields. `problems`: a sentence for each value that is not written. */
export function mappedFields(
  data: Values | undefined,
  mapping: Readonly<Record<string, string>>,
  known: Pick<Known, 'fields' | 'writing'>,
): { fields: Record<string, FieldValue>; problems: readonly string[] } {
  const definitions = known.fields;
  const writing = writingOf(known);
  const fields = new Map<string, FieldValue>();
  const problems: string[] = [];
  const values = valuesIn(data);
  for (const key of mappedKeys(data, mapping)) {
    const id = own(mapping, key)!;
    const definition = ticketField(definitions, id);
    const given = own(values, key)!;
    const value = definition ? fitted(given, definition) : given;
    const named = { key: oneLine(key), field: id };
    if (definitions && !definition) problems.push(say(writing, 'field-problem.missing', named));
    else if (value === undefined)
      problems.push(
        say(writing, 'field-problem.type', { ...named, title: definition!.title, value: oneLine(String(given)) }),
      );
    else fields.set(id, value);
  }
  return { fields: Object.fromEntries(fields), problems };
}
