import type { Rule } from './rule.js';
import { startedComment } from './session-comment.js';

/** R9, R21, R23: an outbound call that joins a ticket is noted there, assigned to the agent, and shown. */
export const outboundJoinRule: Rule = (event, { session, agent }) => {
  const ticket = session.association?.ticket;
  if (event.type !== 'session.created' || typeof ticket !== 'object') return [];
  const { id: sessionId } = session;
  return [
    {
      kind: 'write-ticket',
      key: `${sessionId}/joined`,
      sessionId,
      ticket,
      comment: { body: startedComment(session), public: false, authorId: agent.id },
      assigneeId: agent.id,
      reopenPlatformTicket: true,
    },
    { kind: 'open-ticket', key: `${sessionId}/pop`, sessionId, ticket },
  ];
};
