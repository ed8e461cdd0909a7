import type { Rule } from './rule.js';
import { finishedComment } from './session-comment.js';

/** R27: a session that ends says so on its ticket. */
export const sessionEndedRule: Rule = (event, { agent, ticket }) => {
  if (event.type !== 'session.ended' || !ticket) return [];
  const { sessionId } = event;
  return [
    {
      kind: 'write-ticket',
      key: `${sessionId}/finished`,
      sessionId,
      ticket,
      comment: { body: finishedComment(event), public: false, authorId: agent.id },
    },
  ];
};
