import { agentOf, internalComment, writeTicket } from './ticket-intents.js';
import type { Rule } from './rule.js';
import { abandonedComment } from './session-comment.js';

/**
 * R4: an abandoned session that an agent has had already has a ticket. The rule comments on that ticket, because each
 * session has one ticket. S7 is about new tickets only.
 */
export const abandonedRule: Rule = (event, known, settings) => {
  const { session, recorded } = known;
  if (event.type !== 'session.abandoned' || !recorded || session.agentId === undefined) return [];
  return writeTicket(event, known, 'abandoned', {
    comment: internalComment(abandonedComment(event, session), agentOf(known, settings)),
  });
};
