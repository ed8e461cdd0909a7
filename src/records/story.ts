import type { Iso } from '../domain/contact.js';
import { outcomeOf } from '../domain/outcome.js';
import { isChat, type Disposition } from '../domain/session.js';
import type { Settings } from '../domain/settings.js';
import { linesOf, oneLine } from '../domain/one-line.js';
import { colleagueIn, writingOf } from './card.js';
import { lines, type Lines } from './comment-lines.js';
import type { Known } from './rule.js';
import {
  isParticipant,
  type Note,
  type PastTransfer,
  type SessionEnd,
  type SessionFacts,
  type Stay,
} from './session-facts.js';
import { lengthText, nameText, recordingText, say, timeText, type Writing } from './writing.js';

/**
 * R32: the body of an end card or a handover card, in order: the note, the codes, people and transfers, the pauses of
 * the recording, the smart actions, the recording. `target`: where a handover card's session goes, which its headline
 * says already.
 */
export function storyLines(facts: SessionFacts, known: Known, settings: Settings, target?: string): Lines {
  const writing = writingOf(known);
  const { note, pauses = [], smartActions = [], recordings = [], end } = facts;
  const spans = pauses.map(({ from, to }) => [from, to].map((at) => at && timeText(at, writing, true)).join('–'));
  const [recording, ...others] = recordings;
  return lines(
    note && noteLines(note, settings),
    peopleLines(facts, known, target),
    end?.endedBy === 'platform' && spokenSeconds(end) > 0 && writing.words['ended.platform'],
    spans.length > 0 && say(writing, 'pauses', { spans: spans.join(', ') }),
    smartActions.length > 0 && say(writing, 'smart-actions', { kinds: smartActions.map(oneLine).join(', ') }),
    recording && others.length === 0 && recordingText(recording, writing),
  );
}

/** R28: the note as it was written, and the codes by their labels. */
export const noteLines = ({ text, codes }: Note, settings: Settings): Lines => [
  ...noteText(text),
  ...lines(...codes.map((code) => codeText(code, settings.calls.dispositions))),
];

/** The form of a foot. */
const footLike = /^[a-z_]+ · /;

/**
 * The lines of a person's text. It has no empty line, which would look like the end of a card, and no line that looks
 * like a foot.
 */
const noteText = (text: string): Lines =>
  linesOf(text)
    .filter((line) => line.trim() !== '')
    .map((line) => (footLike.test(line) ? `  ${line}` : line));

/**
 * R1, R11, R17: the lines of a customer's text, indented, so that none of them looks like a line of the card itself.
 */
export const customerText = (text: string): Lines => noteText(text).map((line) => `  ${line.trim()}`);

const codeText = (code: string, tree: readonly Disposition[]): string =>
  pathTo(code, tree)?.map(nameText).join(' › ') ?? code;

/** The labels that lead to a code, from the root of the tree. */
function pathTo(code: string, tree: readonly Disposition[]): readonly string[] | undefined {
  for (const { code: own, label, children = [] } of tree) {
    if (own === code) return [label];
    const below = pathTo(code, children);
    if (below) return [label, ...below];
  }
  return undefined;
}

/** R28, R32: people and transfers in words, with times. */
function peopleLines(
  { people = [], transfers = [], agent, before }: SessionFacts,
  known: Known,
  target?: string,
): Lines {
  const writing = writingOf(known);
  const isTarget = ({ id }: Stay) => target !== undefined && isParticipant(id, target);
  const own = agent ?? known.session.agentId;
  const isOwn = ({ id }: Stay) => agent !== undefined && isParticipant(id, agent);
  // A colleague who was there when the agent came, and has left since.
  const colleague = people.find(
    (one) => one.kind === 'agent' && one.from === undefined && one.to !== undefined && !isOwn(one),
  );
  const earlier =
    before && before.agent !== own
      ? { agent: colleagueIn(known, before.agent), until: before.until }
      : colleague && { agent: nameText(colleague.name), until: colleague.to! };
  const others = people.filter((one) => one !== colleague && !isTarget(one) && !isOwn(one));
  return lines(
    earlier &&
      say(writing, 'people.until', {
        agent: earlier.agent,
        time: timeText(earlier.until, writing),
        next: own === undefined ? writing.words['who.colleague'] : colleagueIn(known, own),
      }),
    ...others.map((one) => stayText(one, writing)),
    ...transfers
      .filter(({ outcome, target: { id } }) => outcome !== 'finished' || id !== target)
      .map((one) => transferText(one, writing)),
  );
}

function stayText({ name: given, from, to }: Stay, writing: Writing): string {
  const name = nameText(given);
  const time = (at: Iso) => timeText(at, writing);
  if (from === undefined) return say(writing, 'people.left', { name, time: time(to!) });
  if (to === undefined) return say(writing, 'people.joined', { name, time: time(from) });
  return say(writing, 'people.stayed', { name, from: time(from), to: time(to) });
}

const transferText = ({ target, at, outcome }: PastTransfer, writing: Writing): string =>
  say(writing, `transfer.${outcome}`, { target: nameText(target.label), time: timeText(at, writing) });

/** How long the customer and agents spoke, hold included. */
const spokenSeconds = ({ durations: { talk = 0, hold = 0 } }: SessionEnd): number => talk + hold;

/** R32: how long the customer and agents spoke, hold included, or why they did not speak. Undefined if nobody told. */
export function lengthOrOutcome(end: SessionEnd | undefined, known: Known): string | undefined {
  if (!end) return undefined;
  const writing = writingOf(known);
  const { talk, hold = 0 } = end.durations;
  const spoken = spokenSeconds(end);
  if (spoken > 0) {
    const length = lengthText(spoken);
    return hold > 0 ? say(writing, 'length.hold', { length, hold: lengthText(hold) }) : length;
  }
  const failed = end.failReason !== undefined && end.failReason !== 'nothing';
  const spoke = end.connected ?? isChat(known.session);
  // Without a reason, only the side that ended the session shows that the call was cancelled.
  const isTold = failed || end.endedBy !== undefined;
  if (!isTold || (!failed && (spoke || (talk === undefined && end.connected === undefined)))) return undefined;
  const outcome = outcomeOf(end.failReason, { total: 0, hold: 0, wait: 0, talk: 0 });
  return outcome === 'completed' ? undefined : writing.words[`outcome.${outcome}`];
}
