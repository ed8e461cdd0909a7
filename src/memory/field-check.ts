import type { FieldDefinition, FieldValue } from '../domain/contact.js';
import { isDay } from '../domain/utc-time.js';

const fits: Record<FieldDefinition['type'], (value: FieldValue) => boolean> = {
  text: (value) => typeof value === 'string' && !value.includes('\n'),
  multiline: (value) => typeof value === 'string',
  integer: (value) => Number.isInteger(value),
  decimal: (value) => Number.isFinite(value),
  checkbox: (value) => typeof value === 'boolean',
  date: (value) => typeof value === 'string' && isDay(value),
  other: () => true,
};

/** Describes the first problem in a ticket's field values, if there is one. `null` is valid for every type: it clears. */
export function fieldProblem(
  definitions: readonly FieldDefinition[],
  fields: Readonly<Record<string, FieldValue>> = {},
): string | undefined {
  for (const [id, value] of Object.entries(fields)) {
    const definition = definitions.find((one) => one.on === 'ticket' && one.id === id);
    if (!definition) return `There is no ticket field ${id}.`;
    if (value !== null && !fits[definition.type](value))
      return `"${definition.title}" (${id}) is of type ${definition.type}; ${JSON.stringify(value)} does not fit.`;
  }
  return undefined;
}
