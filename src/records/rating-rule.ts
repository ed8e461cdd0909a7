import { stepOf } from '../domain/write-key.js';
import { textIn } from '../telephony/event-parts.js';
import { labelled, lines } from './comment-lines.js';
import { agentOf, fieldsIfAny, internalComment, writeTicket } from './ticket-intents.js';
import type { Rule } from './rule.js';
import { idLine } from './session-comment.js';
import { ratingFields } from './session-field-values.js';

/** R17, X8, X10: writes the customer's score and feedback, even days after the session. */
export const ratingRule: Rule = (event, known, settings) => {
  if (event.type !== 'rating.received') return [];
  const body = lines(
    `Customer rating: ${event.score} of 5`,
    labelled('Feedback', textIn(event.feedback)),
    idLine(known.session),
  );
  return writeTicket(event, known, stepOf('rating', event), {
    comment: internalComment(body, agentOf(known, settings)),
    ...fieldsIfAny(ratingFields(event, known, settings)),
  });
};
