import { keyPart, stepOf } from '../domain/write-key.js';
import { openTicket, secondOf, writeTicket } from './ticket-intents.js';
import type { Rule } from './rule.js';

/**
 * R13: assigns the ticket to the agent who takes the session. R23: opens the ticket for that agent. The handover card
 * assigns the ticket after a transfer.
 */
export const assignmentRule: Rule = (event, known) => {
  if (!known.recorded || event.type !== 'session.assigned' || event.agent === known.holder) return [];
  const turn = `${keyPart(event.agent)}/${secondOf(event.at)}`;
  const assigned = writeTicket(
    event,
    known,
    `assigned/${turn}`,
    { assigneeId: event.agent },
    stepOf('assigned', event),
  );
  return [...assigned, ...(event.agent === known.agent?.id ? openTicket(event, known, `pop/${turn}`) : [])];
};
