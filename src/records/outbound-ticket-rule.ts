import { fillTitle } from '../domain/ticket-title.js';
import type { Rule } from './rule.js';
import { startedComment } from './session-comment.js';

/**
 * R3, R26: an outbound call for which the agent settled on a new ticket makes one when the platform has taken it on;
 * R21 is part of the creation, R23 assigns it and opens it.
 */
export const outboundTicketRule: Rule = (event, { session, agent, contact, contactName }, { tickets }) => {
  if (event.type !== 'session.created' || session.association?.ticket !== 'new' || !contact) return [];
  const { id: sessionId, customerNumber, queue } = session;
  const key = `${sessionId}/ticket`;
  const subject = fillTitle(tickets.title, {
    channel: 'Outbound call',
    'contact.name': contactName ?? customerNumber ?? '',
    queue: queue?.path.join(' › ') ?? '',
    number: customerNumber ?? '',
    date: event.at.slice(0, 10),
  });
  return [
    {
      kind: 'create-ticket',
      key,
      sessionId,
      contact,
      draft: {
        subject,
        comment: { body: startedComment(session), public: false, authorId: agent.id },
        assigneeId: agent.id,
        origin: { sessionId, channel: session.channel, ...(queue ? { queueId: queue.id } : {}) },
      },
    },
    { kind: 'open-ticket', key: `${sessionId}/pop`, sessionId, ticket: { madeBy: key } },
  ];
};
