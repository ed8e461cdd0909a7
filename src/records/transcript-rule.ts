import { isHttps } from '../domain/https-link.js';
import { longestText } from '../domain/ticket.js';
import { cardComment, footOf, signOf, whoIs, writingOf } from './card.js';
import type { Lines } from './comment-lines.js';
import type { Intent } from './intent.js';
import type { Known, Rule } from './rule.js';
import { agentOf, writeTicket } from './ticket-intents.js';
import { inParts, transcriptBlocks } from './transcript.js';
import { dayText, say } from './writing.js';

/** Bytes for the line breaks and for the numbers of a part. */
const spare = 64;

/** R34, S19: writes the conversation of a chat after its end card, in parts, or where the conversation is. */
export const transcriptRule: Rule = (event, known, settings) => {
  if (event.type !== 'transcript.read' || !known.transcript) return [];
  const { session } = known;
  const writing = writingOf(known);
  const { messages, failed = false } = event;
  const foot = footOf('chat_transcript', session);
  const day = messages[0] && dayText(messages[0].at, writing);
  const title = `${signOf(session)} ${say(writing, 'transcript.title', { who: whoIs(known) })}`;
  const headline = day === undefined ? title : `${title} · ${day}`;
  const partOf = (part: number, parts: number) =>
    parts > 1 ? say(writing, 'transcript.part', { headline, part, parts }) : headline;
  const room = longestText - new TextEncoder().encode(`${partOf(1, 2)}${foot}`).length - spare;
  const parts = messages.length > 0 ? inParts(transcriptBlocks(messages, known), room) : withoutMessages(known, failed);
  return parts.flatMap((lines, at): readonly Intent[] => {
    const card = { headline: partOf(at + 1, parts.length), lines, foot };
    const comment = cardComment(card, agentOf(known, settings), known, settings, event.at);
    return writeTicket(event, known, at === 0 ? 'transcript' : `transcript/${at + 1}`, { comment });
  });
};

/** A line with where the conversation is, if anybody knows. */
function withoutMessages(known: Known, failed: boolean): readonly Lines[] {
  const writing = writingOf(known);
  const url = known.session.conversationUrl;
  if (isHttps(url)) return [[say(writing, 'transcript.elsewhere', { url })]];
  return failed ? [[writing.words['transcript.failed']]] : [];
}
