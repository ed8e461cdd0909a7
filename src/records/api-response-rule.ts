import { stepOf } from '../domain/write-key.js';
import { oneLine } from '../domain/one-line.js';
import { valuesIn } from '../telephony/event-parts.js';
import { cardComment, footOf, writingOf } from './card.js';
import { lines, pairs } from './comment-lines.js';
import { writeTicket } from './ticket-intents.js';
import type { Rule } from './rule.js';
import { say } from './writing.js';

/** R19: writes an API response that arrives during routing, in the form that S10 sets. */
export const apiResponseRule: Rule = (event, known, settings) => {
  const form = settings.tickets.apiResponses;
  if (event.type !== 'api.responded' || form === 'off') return [];
  const writing = writingOf(known);
  const data =
    form === 'json' ? lines(...JSON.stringify(event.data, null, 2).split('\n')) : pairs(valuesIn(event.data));
  const card = {
    headline: say(writing, 'api-response', { name: oneLine(event.name) }),
    lines: data.length > 0 ? data : lines(writing.words['api-response.empty']),
    foot: footOf('api_response', known.session),
  };
  const comment = cardComment(card, 'nobody', known, settings, event.at);
  return writeTicket(event, known, stepOf('api-response', event), { comment });
};
