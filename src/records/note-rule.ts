import { keyPart, stepOf } from '../domain/write-key.js';
import { textIn } from '../telephony/event-parts.js';
import { cardComment, colleagueIn, footOf, writingOf } from './card.js';
import { awaitsCard, isOwnNote } from './card-due.js';
import type { Known, RecordEvent, Rule } from './rule.js';
import { noteOf } from './session-facts.js';
import { noteLines } from './story.js';
import { agentOf, secondOf, writeTicket } from './ticket-intents.js';
import { say } from './writing.js';

/** R28: writes a note that comes after the card, or from an agent who has left, as a comment of its agent. */
export const noteRule: Rule = (event, known, settings) => {
  if (!isNoteApart(event, known)) return [];
  const note = noteOf(event);
  const lines = noteLines(note, settings);
  if (lines.length === 0) return [];
  const agent = textIn(event.agent) || agentOf(known, settings);
  const writing = writingOf(known);
  const card = {
    headline: say(writing, 'note', { agent: agent ? colleagueIn(known, agent) : writing.words['who.colleague'] }),
    lines,
    foot: footOf('disposition', known.session),
    named: true,
  };
  const step = `disposition/${keyPart(agent ?? '')}/${secondOf(event.at)}`;
  // R31: the note of an agent who has left is written at once.
  const urgent = known.finished !== true && { urgent: true };
  const comment = cardComment(card, agent, known, settings, event.at);
  return writeTicket(event, known, step, { comment, ...urgent }, stepOf('disposition', event));
};

/** Whether the event is a note that no card takes along. */
const isNoteApart = (
  event: RecordEvent,
  known: Known,
): event is Extract<RecordEvent, { type: 'disposition.submitted' }> =>
  event.type === 'disposition.submitted' && !(awaitsCard(known) && isOwnNote(event, known));
