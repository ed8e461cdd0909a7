import { stepOf } from '../domain/write-key.js';
import { valuesIn } from '../telephony/event-parts.js';
import { lines, pairs } from './comment-lines.js';
import { agentOf, internalComment, writeTicket } from './ticket-intents.js';
import type { Rule } from './rule.js';

/** R19: writes an API response that arrives during routing, in the form that S10 sets. */
export const apiResponseRule: Rule = (event, known, settings) => {
  const form = settings.tickets.apiResponses;
  if (event.type !== 'api.responded' || form === 'off') return [];
  const data =
    form === 'json' ? lines(...JSON.stringify(event.data, null, 2).split('\n')) : pairs(valuesIn(event.data));
  const comment = internalComment(
    lines(`API response: ${event.name}`, data.length > 0 ? data : 'No data'),
    agentOf(known, settings),
  );
  return writeTicket(event, known, stepOf('api-response', event), { comment });
};
