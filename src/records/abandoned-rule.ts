import { cardComment } from './card.js';
import { writeTicket } from './ticket-intents.js';
import type { Rule } from './rule.js';
import { startCard } from './start-card.js';

/**
 * R4: an abandoned session that an agent has had already has a ticket. The rule comments on that ticket, because each
 * session has one ticket. S7 is about new tickets only.
 */
export const abandonedRule: Rule = (event, known, settings) => {
  const { session, recorded } = known;
  if (event.type !== 'session.abandoned' || !recorded || session.agentId === undefined) return [];
  return writeTicket(event, known, 'abandoned', {
    comment: cardComment(startCard(event, known), 'nobody', known, settings, event.at),
  });
};
