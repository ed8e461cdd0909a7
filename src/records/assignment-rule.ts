import { stepOf } from '../domain/write-key.js';
import { openTicket, writeTicket } from './ticket-intents.js';
import type { Rule } from './rule.js';

/**
 * R13: a transferred session's ticket is assigned to the agent it went to; to a queue: to the agent who then takes it;
 * to an outside line: to nobody new. R23: who takes it sees it.
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
  const isNews = assigned.length > 0 && event.agent === known.agent.id;
  return [...assigned, ...(isNews ? openTicket(event, known, stepOf('pop', event)) : [])];
};
