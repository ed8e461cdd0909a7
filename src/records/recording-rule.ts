import type { Recording } from '../domain/session.js';
import { isChat } from '../domain/session.js';
import type { Settings } from '../domain/settings.js';
import { keyPart, stepOf } from '../domain/write-key.js';
import { textIn } from '../telephony/event-parts.js';
import { footOf, cardComment, signOf, whoIs, writingOf, type Card } from './card.js';
import { lines, type Lines } from './comment-lines.js';
import { awaitsCard } from './card-due.js';
import type { Intent } from './intent.js';
import type { Known, RecordEvent, Rule } from './rule.js';
import { linkIn, type LinkedRecording } from './session-facts.js';
import { customerText } from './story.js';
import { agentOf, secondOf, writeTicket } from './ticket-intents.js';
import { dayAndTime, recordingText, say } from './writing.js';

/** R11: writes the recording to the ticket, unless the next card names it. With S14 off, writes none. */
export const recordingRule: Rule = (event, known, settings) => {
  if (event.type !== 'recording.ready' || !isWanted(known, settings)) return [];
  return linkForCard(event, known, settings) ? [] : recordingWrite(event, event.recording, known, settings);
};

/** R32: the recording's link, if the next card names it. */
export function linkForCard(event: RecordEvent, known: Known, settings: Settings): LinkedRecording | undefined {
  const rides = event.type === 'recording.ready' && isWanted(known, settings) && awaitsCard(known);
  return rides ? linkIn(event.recording) : undefined;
}

/** R32: the recordings since the last card, if there are several. A card names a single one. */
export function recordingWrites(event: RecordEvent, known: Known, settings: Settings): readonly Intent[] {
  const { recordings = [] } = known.facts ?? {};
  if (recordings.length < 2) return [];
  return recordings.flatMap((one, at) => {
    const start = startOf(one);
    const before = recordings.slice(0, at).filter((other) => startOf(other) === start).length;
    const step = `recording/${keyPart(start)}-1${before > 0 ? `.${before + 1}` : ''}`;
    return recordingWrite(event, { ...one, part: 1, parts: 1 }, known, settings, step);
  });
}

/** The second in which a recording began. Empty if the platform has not told it. */
const startOf = ({ startedAt }: Pick<Recording, 'startedAt'>): string => secondOf(textIn(startedAt) ?? '');

/** The step of a recording's event. A recording without a start has no key but that of its event. */
const stepOfEvent = (event: RecordEvent, recording: Recording): string =>
  startOf(recording) === '' ? stepOf('recording', event) : `recording/${keyPart(startOf(recording))}-${recording.part}`;

/** S14. A voicemail's own message is always kept. */
const isWanted = ({ session }: Known, { calls }: Settings): boolean => calls.recording || session.voicemail === true;

function recordingWrite(
  event: RecordEvent,
  recording: Recording,
  known: Known,
  settings: Settings,
  step = stepOfEvent(event, recording),
): readonly Intent[] {
  const comment = cardComment(recordingCard(recording, known), agentOf(known, settings), known, settings, event.at, {
    recording,
  });
  const formerly = event.type === 'recording.ready' ? stepOf('recording', event) : undefined;
  return writeTicket(event, known, step, { comment }, formerly);
}

function recordingCard(recording: Recording, known: Known): Card {
  const { session } = known;
  const key = isChat(session) ? 'recording.chat' : 'recording.call';
  return {
    headline: `${signOf(session)} ${say(writingOf(known), key, { who: whoIs(known) })}`,
    lines: recordingLines(recording, known),
    foot: footOf('recording_ready', session),
  };
}

/** R11: the length, the link and the transcript. Hosts write where a file is. */
export function recordingLines(recording: Recording, known: Known): Lines {
  const { startedAt, part, parts, transcript } = recording;
  const writing = writingOf(known);
  return lines(
    parts > 1 && say(writing, 'recording.part', { part, parts }),
    startedAt &&
      !known.session.voicemail &&
      say(writing, 'recording.started', { time: dayAndTime(startedAt, writing) }),
    recordingText(recording, writing),
    transcript !== undefined && transcript !== '' && writing.words['recording.transcript'],
    customerText(transcript ?? ''),
  );
}
