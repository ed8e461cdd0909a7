import type { FieldValue } from '../domain/contact.js';
import type { Settings } from '../domain/settings.js';
import { stepOf } from '../domain/write-key.js';
import { cardComment, footOf, writingOf } from './card.js';
import { lines, pairs } from './comment-lines.js';
import { valuesIn } from '../telephony/event-parts.js';
import type { Intent } from './intent.js';
import { mappedFields } from './mapped-fields.js';
import { agentOf, fieldsIfAny, writeTicket } from './ticket-intents.js';
import type { Known, RecordEvent, Rule } from './rule.js';

/** R16, R22: a comment with the custom data, the mapped fields, and a comment about values that no field has taken. */
export function customDataWrites(
  event: RecordEvent,
  known: Known,
  settings: Settings,
  { data, step, formerly }: { data: Readonly<Record<string, FieldValue>> | undefined; step: string; formerly?: string },
): readonly Intent[] {
  const body = pairs(valuesIn(data));
  if (body.length === 0) return [];
  const { fields, problems } = mappedFields(data, settings.tickets.customDataFields, known);
  const card = {
    headline: writingOf(known).words['custom-data'],
    lines: body,
    foot: footOf('custom_data', known.session),
  };
  const comment = cardComment(card, agentOf(known, settings), known, settings, event.at);
  return [
    ...writeTicket(event, known, step, { comment, ...fieldsIfAny(fields) }, formerly),
    ...fieldProblems(event, known, settings, problems, step),
  ];
}

/** R16: a comment that says which values no ticket field has taken. */
export function fieldProblems(
  event: RecordEvent,
  known: Known,
  settings: Settings,
  problems: readonly string[],
  step: string,
): readonly Intent[] {
  if (problems.length === 0) return [];
  const card = {
    headline: writingOf(known).words['field-problem'],
    lines: lines(...problems),
    foot: footOf('field_problem', known.session),
  };
  const comment = cardComment(card, agentOf(known, settings), known, settings, event.at);
  return writeTicket(event, known, `${step}/field-problem`, { comment });
}

/** R16, R22: writes custom data that arrives after the session was recorded. */
export const customDataRule: Rule = (event, known, settings) =>
  event.type === 'custom-data.received'
    ? customDataWrites(event, known, settings, { data: event.data, step: stepOf('custom-data', event) })
    : [];
