import type { Settings } from '../domain/settings.js';
import type { HandOver } from './end-card.js';
import type { Known, RecordEvent } from './rule.js';
import { isParticipant } from './session-facts.js';

/** R31: whether a card about the session is still to come, which takes notes and recordings along. */
export const awaitsCard = ({ session, recorded, finished, abandoned, facts }: Known): boolean =>
  recorded === true &&
  !finished &&
  !abandoned &&
  !session.voicemail &&
  (facts?.agent !== undefined || facts?.end !== undefined);

/**
 * R31: whether the end card is due with this event: at the close of the session, with the agent's note after the end,
 * without wrap-up at the end, or when wrap-up has lasted long enough.
 */
export function isCardDue(event: RecordEvent, known: Known, settings: Settings): boolean {
  if (!awaitsCard(known)) return false;
  const { session, facts = {} } = known;
  switch (event.type) {
    case 'session.closed':
      return true;
    case 'card.due':
      return facts.end !== undefined;
    case 'session.ended':
      return settings.calls.wrapUpSeconds[session.direction] === 0;
    case 'disposition.submitted':
      return facts.end !== undefined && isOwnNote(event, known);
    default:
      return false;
  }
}

/** R28: whether the note is of the agent whose card is still to come. */
export const isOwnNote = ({ agent }: { agent: string }, { facts, session }: Known): boolean =>
  typeof agent !== 'string' || agent === (facts?.agent ?? session.agentId);

/** How the event ends the agent's turn. Undefined if it does not. */
export function handOverOf(event: RecordEvent, { facts = {}, recorded, finished }: Known): HandOver | undefined {
  const { agent, people = [], end } = facts;
  if (agent === undefined || !recorded || finished || end) return undefined;
  switch (event.type) {
    case 'transfer.finished': {
      const { target, mode } = event;
      if (target.kind === 'outside' || (target.kind === 'agent' && target.id === agent)) return undefined;
      const spoke =
        mode === 'warm' && people.some(({ id, from }) => from !== undefined && isParticipant(id, target.id));
      return { target, spoke };
    }
    case 'session.participant-left':
      return event.participant.kind === 'agent' && isParticipant(event.participant.id, agent) ? 'left' : undefined;
    case 'session.assigned':
      return event.agent === agent ? undefined : { next: event.agent };
    default:
      return undefined;
  }
}
