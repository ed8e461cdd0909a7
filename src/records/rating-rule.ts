import { stepOf } from '../domain/write-key.js';
import { textIn } from '../telephony/event-parts.js';
import { cardComment, footOf, whoIs, writingOf } from './card.js';
import { lines } from './comment-lines.js';
import { fieldsIfAny, writeTicket } from './ticket-intents.js';
import type { Rule } from './rule.js';
import { ratingFields } from './session-field-values.js';
import { customerText } from './story.js';
import { say } from './writing.js';

/** R17, X8, X10: writes the customer's score and feedback, even days after the session. */
export const ratingRule: Rule = (event, known, settings) => {
  if (event.type !== 'rating.received') return [];
  const card = {
    headline: `★ ${say(writingOf(known), 'rating', { score: event.score, who: whoIs(known) })}`,
    lines: lines(customerText(textIn(event.feedback) ?? '')),
    foot: footOf('rating_received', known.session),
  };
  const change = {
    comment: cardComment(card, 'nobody', known, settings, event.at),
    ...fieldsIfAny(ratingFields(event, known, settings)),
  };
  return writeTicket(event, known, 'rating', change, stepOf('rating', event));
};
