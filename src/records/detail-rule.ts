import { isChat } from '../domain/session.js';
import { stepOf } from '../domain/write-key.js';
import { cardComment, footOf, signOf, whoIs, writingOf } from './card.js';
import { awaitsCard } from './card-due.js';
import { isDetail } from './known-after.js';
import type { Rule } from './rule.js';
import { factsAfter } from './session-facts.js';
import { storyLines } from './story.js';
import { agentOf, writeTicket } from './ticket-intents.js';
import { say } from './writing.js';

/** R28, R31: writes what belongs into a card, but comes after the session's last card. */
export const detailRule: Rule = (event, known, settings) => {
  const { session, recorded } = known;
  if (
    event.type === 'card.due' ||
    event.type === 'transcript.read' ||
    !isDetail(event) ||
    !recorded ||
    awaitsCard(known) ||
    session.voicemail
  )
    return [];
  // The handover card has told of a transfer that is heard late.
  if (event.type === 'transfer.finished' && event.target.id === known.holder) return [];
  const lines = storyLines(factsAfter(event, {}), { ...known, facts: {} }, settings);
  if (lines.length === 0) return [];
  const key = isChat(session) ? 'headline.more-chat' : 'headline.more-call';
  const card = {
    headline: `${signOf(session)} ${say(writingOf(known), key, { who: whoIs(known) })}`,
    lines,
    foot: footOf('call_detail', session),
  };
  const comment = cardComment(card, agentOf(known, settings), known, settings, event.at);
  return writeTicket(event, known, stepOf('detail', event), { comment });
};
