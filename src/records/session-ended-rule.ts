import { agentOf, fieldsIfAny, internalComment, writeTicket } from './ticket-intents.js';
import type { Rule } from './rule.js';
import { finishedComment } from './session-comment.js';
import { endFields } from './session-field-values.js';

/** R27, X3–X7: writes the end of a session to its ticket. */
export const sessionEndedRule: Rule = (event, known, settings) => {
  if (event.type !== 'session.ended') return [];
  return writeTicket(event, known, 'finished', {
    comment: internalComment(finishedComment(event, known.session), agentOf(known, settings)),
    ...fieldsIfAny(endFields(event, known, settings)),
  });
};
