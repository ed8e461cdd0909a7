import type { Transfer } from '../telephony/platform-event.js';
import { keyPart, stepOf } from '../domain/write-key.js';
import { handOverOf } from './card-due.js';
import type { Intent } from './intent.js';
import { openTicket, secondOf, writeTicket } from './ticket-intents.js';
import type { Known, RecordEvent, Rule } from './rule.js';

/**
 * R13: assigns the ticket to the agent who takes the session. R23: opens the ticket for that agent. The handover card
 * assigns the ticket after a transfer.
 */
export const assignmentRule: Rule = (event, known) => {
  if (event.type === 'transfer.finished') return lateTransfer(event, known);
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

/** R13: a transfer of which no handover card tells, because it is heard after the end. */
function lateTransfer(event: RecordEvent & Pick<Transfer, 'target'>, known: Known): readonly Intent[] {
  const { kind, id } = event.target;
  if (!known.recorded || kind !== 'agent' || id === known.holder || handOverOf(event, known)) return [];
  const step = `transferred/${keyPart(id)}/${secondOf(event.at)}`;
  return writeTicket(event, known, step, { assigneeId: id }, stepOf('transferred', event));
}
