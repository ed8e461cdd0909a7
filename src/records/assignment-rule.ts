import { stepOf } from '../domain/write-key.js';
import { openTicket, writeTicket } from './ticket-intents.js';
import type { Rule } from './rule.js';

/**
 * R13: after a transfer to an agent, the ticket is assigned to that agent; after one to a queue, to the agent who then takes
 * the session; after one to an outside number it stays as it is. R23: the agent who takes the session sees the ticket.
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
