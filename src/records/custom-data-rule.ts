import type { FieldValue } from '../domain/contact.js';
import type { Settings } from '../domain/settings.js';
import { stepOf } from '../domain/write-key.js';
import { customDataLines, mappedFields } from './mapped-fields.js';
import { agentOf, fieldsIfAny, internalComment, writeTicket } from './ticket-intents.js';
import type { Known, Rule } from './rule.js';

/** R16, R22: an internal comment with the custom data, and the mapped fields. Undefined: there is no data. */
export function customDataChange(
  data: Readonly<Record<string, FieldValue>> | undefined,
  known: Known,
  settings: Settings,
) {
  const { fields, problems } = mappedFields(data, settings.tickets.customDataFields, known.fields);
  const body = customDataLines(data, problems);
  return body.length === 0
    ? undefined
    : { comment: internalComment(body, agentOf(known, settings)), ...fieldsIfAny(fields) };
}

/** R16, R22: writes custom data that arrives after the session was recorded. */
export const customDataRule: Rule = (event, known, settings) => {
  if (event.type !== 'custom-data.received') return [];
  const change = customDataChange(event.data, known, settings);
  return change ? writeTicket(event, known, stepOf('custom-data', event), change) : [];
};
