import type { Iso } from '../domain/contact.js';
import type { Settings } from '../domain/settings.js';
import type { TransferTarget } from '../telephony/call-parties.js';
import { colleagueIn, footOf, signOf, whoIs, writingOf, type Card } from './card.js';
import type { Known } from './rule.js';
import { lengthOrOutcome, storyLines } from './story.js';
import { lengthText, nameText, say } from './writing.js';

/** R27, R31: one comment with all that is to be said of a session when it is over. */
export function endCard(known: Known, settings: Settings): Card {
  const { session, facts = {} } = known;
  const writing = writingOf(known);
  const what = say(writing, `headline.${session.channel}`, { who: whoIs(known) });
  return {
    headline: [`${signOf(session)} ${what}`, lengthOrOutcome(facts.end, known)].filter(Boolean).join(' · '),
    lines: storyLines(facts, known, settings),
    foot: footOf('call_finished', session),
  };
}

/** How an agent's turn ended: the target of a transfer, the next agent, or the agent left the others to themselves. */
export type HandOver = { target: TransferTarget; spoke: boolean } | { next: string } | 'left';

/** R13, R31: one comment with all that is to be said of an agent's part of a session. */
export function handOverCard(handOver: HandOver, at: Iso, known: Known, settings: Settings): Card {
  const { session, facts = {} } = known;
  const writing = writingOf(known);
  const since = facts.connectedAt ?? facts.from;
  const seconds = since === undefined ? NaN : (Date.parse(at) - Date.parse(since)) / 1000;
  const length = seconds >= 1 ? say(writing, 'length.so-far', { length: lengthText(seconds) }) : undefined;
  const headline = [`${signOf(session)} ${handOverText(handOver, known)}`, whoIs(known), length];
  const target = handOver === 'left' ? undefined : 'next' in handOver ? handOver.next : handOver.target.id;
  return {
    headline: headline.filter(Boolean).join(' · '),
    // The end card tells who had the session.
    lines: storyLines({ ...facts, before: undefined }, known, settings, target),
    foot: footOf('call_handed_over', session),
  };
}

function handOverText(handOver: HandOver, known: Known): string {
  const writing = writingOf(known);
  if (handOver === 'left') return say(writing, 'headline.left', { agent: colleagueIn(known, known.facts!.agent!) });
  if ('next' in handOver) return say(writing, 'headline.transferred', { target: colleagueIn(known, handOver.next) });
  const { target, spoke } = handOver;
  const key = spoke ? 'headline.transferred-first' : 'headline.transferred';
  return say(writing, key, { target: nameText(target.label) || writing.words['who.colleague'] });
}
