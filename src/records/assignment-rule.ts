import { stepOf } from '../domain/write-key.js';
import { openTicket, writeTicket } from './ticket-intents.js';
import type { Rule } from './rule.js';

/**
 * R13: after a transfer to an agent, assigns the ticket to that agent. After a transfer to a queue, assigns the ticket
 * to the agent who then takes the session. After a transfer to an outside number, leaves the assignee. R23: opens the
 * ticket for the agent who takes the session.
 */
export const assignmentRule: Rule = (event, known) => {
  if (!known.recorded) return [];
  if (event.type === 'transfer.finished') {
    const { kind, id } = event.target;
    return kind === 'agent' && id !== known.holder
      ? writeTicket(event, known, stepOf('transferred', event), { assigneeId: id })
      : [];
  }
  if (event.type !== 'session.assigned') return [];
  const assigned =
    event.agent === known.holder
      ? []
      : writeTicket(event, known, stepOf('assigned', event), { assigneeId: event.agent });
  const isNew = assigned.length > 0 && event.agent === known.agent?.id;
  return [...assigned, ...(isNew ? openTicket(event, known, stepOf('pop', event)) : [])];
};
