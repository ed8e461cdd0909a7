import { filled } from '../domain/filled.js';
import type { Attachment } from '../domain/session.js';
import type { Comment } from '../domain/ticket.js';
import type { Intent, IntentOf } from './intent.js';
import { en } from './words/en.js';

/** Divides a file into pieces within the limit. */
const pieces = (file: Blob, limit: number): readonly Blob[] =>
  Array.from({ length: Math.ceil(file.size / limit) }, (_, at) => file.slice(at * limit, (at + 1) * limit, file.type));

/** Divides an attachment over the limit into several, in order: `scan.pdf.1`, `scan.pdf.2`, … */
const attachmentsWithin = (attachments: readonly Attachment[], limit: number): readonly Attachment[] =>
  attachments.flatMap(({ file, ...attachment }): readonly Attachment[] =>
    !file || file.size <= limit
      ? [{ ...attachment, ...(file ? { file } : {}) }]
      : pieces(file, limit).map((piece, at) => ({ ...attachment, name: `${attachment.name}.${at + 1}`, file: piece })),
  );

/** R11: divides a recording over the limit into several comments, in order. Other files stay in the first comment. */
function commentsWithin(comment: Comment, limit: number): readonly Comment[] {
  const { recording, attachments, ...words } = comment;
  const first: Comment = {
    ...words,
    ...(attachments ? { attachments: attachmentsWithin(attachments, limit) } : {}),
    ...(recording ? { recording } : {}),
  };
  if (!recording?.file || recording.file.size <= limit) return [first];
  const files = pieces(recording.file, limit);
  return files.map((file, at) => ({
    ...(at === 0 ? first : words),
    body: `${words.body}\n${filled(partWords(comment), { part: at + 1, parts: files.length })}`,
    recording: { ...recording, file },
  }));
}

const partWords = ({ words }: Comment): string => words?.part ?? en['words.part'];

/** Divides files over the CRM's upload limit (bytes) into parts. The write of each part has a key of its own. */
export function withinLimit(intents: readonly Intent[], limit: number | undefined): readonly Intent[] {
  if (limit === undefined) return intents;
  return intents.flatMap((intent): readonly Intent[] => {
    if (intent.kind === 'write-ticket') {
      if (!intent.comment) return [intent];
      const [first, ...more] = commentsWithin(intent.comment, limit);
      return [{ ...intent, comment: first! }, ...rest(intent, intent.ticket, more)];
    }
    if (intent.kind !== 'create-ticket') return [intent];
    const [first, ...more] = commentsWithin(intent.draft.comment, limit);
    const { origin } = intent.draft;
    const made = { ...intent, draft: { ...intent.draft, comment: first! } };
    return [made, ...rest({ ...intent, origin }, { madeBy: intent.key }, more)];
  });
}

const rest = (
  write: Pick<IntentOf<'write-ticket'>, 'key' | 'sessionId' | 'at' | 'origin' | 'about' | 'filled'>,
  ticket: IntentOf<'write-ticket'>['ticket'],
  comments: readonly Comment[],
): readonly Intent[] =>
  comments.map((comment, part) => ({
    kind: 'write-ticket',
    ...{ sessionId: write.sessionId, at: write.at, origin: write.origin, ticket, comment },
    key: `${write.key}/file-${part + 2}`,
    ...(write.about !== undefined && { about: write.about }),
    ...(write.filled && { filled: write.filled }),
  }));
