import { cardComment } from './card.js';
import { isCardDue } from './card-due.js';
import { endCard } from './end-card.js';
import { recordingWrites } from './recording-rule.js';
import type { Rule } from './rule.js';
import { endFields } from './session-field-values.js';
import { agentOf, fieldsIfAny, writeTicket } from './ticket-intents.js';

/** R27, R31, X3–X7: writes the end card. An abandoned session has none, only its fields. */
export const endCardRule: Rule = (event, known, settings) => {
  const { facts = {}, abandoned, recorded, finished } = known;
  const { end } = facts;
  const fields = end ? fieldsIfAny(endFields(end, known, settings)) : {};
  if (abandoned && recorded && !finished && event.type === 'session.ended')
    return fields.fields ? writeTicket(event, known, 'finished', fields) : [];
  if (!isCardDue(event, known, settings)) return [];
  const doer = facts.agent ?? agentOf(known, settings);
  const comment = cardComment(endCard(known, settings), doer, known, settings, end?.at ?? event.at);
  return [...recordingWrites(event, known, settings), ...writeTicket(event, known, 'finished', { comment, ...fields })];
};
