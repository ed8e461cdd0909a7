import { clockTime } from '../domain/outcome.js';
import type { Recording } from '../domain/session.js';
import type { Comment } from '../domain/ticket.js';
import { utcTime } from '../domain/utc-time.js';
import { stepOf } from '../domain/write-key.js';
import { labelled, labelledText, lines } from './comment-lines.js';
import { agentOf, internalComment, writeTicket } from './ticket-intents.js';
import type { Rule } from './rule.js';
import { idLine } from './session-comment.js';

/** A comment with a recording. The binding writes it as a link or a file, or says where the file is kept. */
export function recordingComment(
  title: string,
  recording: Recording,
  authorId: string | undefined,
  about?: string,
): Comment {
  const { startedAt, durationSeconds, part, parts, url, transcript } = recording;
  const body = lines(
    title,
    parts > 1 && `Part ${part} of ${parts}`,
    about,
    labelled('Started', utcTime(startedAt)),
    labelled('Length', clockTime(durationSeconds)),
    labelled('Link', url),
    labelledText('Transcript', transcript),
  );
  return internalComment(body, authorId, { recording });
}

/** R11: writes the recording to the ticket. With S14 off, only recordings of voicemails are written. */
export const recordingRule: Rule = (event, known, settings) => {
  if (event.type !== 'recording.ready' || !(settings.calls.recording || known.session.voicemail)) return [];
  const { recording } = event;
  return writeTicket(event, known, stepOf('recording', event), {
    comment: recordingComment('Call recording', recording, agentOf(known, settings), idLine(known.session)),
  });
};
