import { keyPart, stepOf } from '../domain/write-key.js';
import { cardComment } from './card.js';
import { handOverOf } from './card-due.js';
import { handOverCard, type HandOver } from './end-card.js';
import { recordingWrites } from './recording-rule.js';
import type { Rule } from './rule.js';
import { secondOf, writeTicket } from './ticket-intents.js';

/**
 * R13, R31: at the end of an agent's turn, writes the handover card, which assigns the ticket to the next agent. After a
 * transfer to a queue, the ticket is assigned to the agent who then takes the session.
 */
export const handOverRule: Rule = (event, known, settings) => {
  const handOver = handOverOf(event, known);
  if (!handOver) return [];
  const { agent } = known.facts!;
  const next = nextAgent(handOver);
  const comment = cardComment(handOverCard(handOver, event.at, known, settings), agent, known, settings, event.at);
  const assigneeId = next === known.holder ? undefined : next;
  const formerly = stepOf(event.type === 'session.assigned' ? 'assigned' : 'transferred', event);
  return [
    ...recordingWrites(event, known, settings),
    ...writeTicket(
      event,
      known,
      `handed-over/${keyPart(agent!)}/${secondOf(event.at)}`,
      { comment, ...(assigneeId !== undefined && { assigneeId }), urgent: true },
      formerly,
    ),
  ];
};

function nextAgent(handOver: HandOver): string | undefined {
  if (handOver === 'left') return undefined;
  if ('next' in handOver) return handOver.next;
  return handOver.target.kind === 'agent' ? handOver.target.id : undefined;
}
