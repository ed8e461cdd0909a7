import type { Comment } from '../domain/ticket.js';
import { plainWriting } from './writing.js';
import type { Intent } from './intent.js';

/** The longest text of a comment, in bytes of UTF-8. Zendesk takes 64 kB, and the outbox may add a line. */
const longest = 60_000;

const bytes = (text: string): number => new TextEncoder().encode(text).length;

/**
 * Divides texts over the limit, such as a very long note, into several comments. Each part but the last ends with a
 * mark, and the write of each further part has a key of its own.
 */
export function withinTextLimit(intents: readonly Intent[]): readonly Intent[] {
  return intents.flatMap((intent): readonly Intent[] => {
    const comment = intent.kind === 'create-ticket' ? intent.draft.comment : 'comment' in intent && intent.comment;
    if (!comment || bytes(comment.body) <= longest) return [intent];
    const [first, ...more] = partsOf(comment);
    const { key, sessionId, at } = intent;
    const rest = more.map((part, index): Intent => {
      const frame = { kind: 'write-ticket' as const, key: `${key}/text-${index + 2}`, sessionId, at, comment: part };
      if (intent.kind === 'create-ticket') return { ...frame, ticket: { madeBy: key }, origin: intent.draft.origin };
      const { ticket, origin, about, filled } = intent as Extract<Intent, { kind: 'write-ticket' }>;
      return { ...frame, ticket, origin, ...(about !== undefined && { about }), ...(filled && { filled }) };
    });
    return [
      intent.kind === 'create-ticket'
        ? { ...intent, draft: { ...intent.draft, comment: first! } }
        : ({ ...intent, comment: first! } as Intent),
      ...rest,
    ];
  });
}

function partsOf(comment: Comment): readonly Comment[] {
  const { cut = plainWriting.words['text.cut'], continued = plainWriting.words['text.continued'] } =
    comment.words ?? {};
  const room = longest - bytes(`${cut}${continued}`) - 10;
  const texts = cutText(comment.body, room);
  const { recording: _r, attachments: _a, ...words } = comment;
  return texts.map((text, at) => ({
    ...(at === 0 ? comment : words),
    body: `${at > 0 ? `${continued}\n` : ''}${text}${at < texts.length - 1 ? `\n${cut}` : ''}`,
  }));
}

/** Divides a text into parts of at most `room` bytes, between lines where a part holds one, else between characters. */
function cutText(text: string, room: number): readonly string[] {
  const parts: string[] = [];
  let part = '';
  let size = 0;
  const add = (piece: string, separator: string) => {
    const more = bytes(piece) + (part === '' ? 0 : separator.length);
    if (size + more > room && part !== '') {
      parts.push(part);
      [part, size] = ['', 0];
    }
    part = part === '' ? piece : `${part}${separator}${piece}`;
    size = bytes(part);
  };
  for (const line of text.split('\n')) {
    if (bytes(line) <= room) {
      add(line, '\n');
      continue;
    }
    let piece = '';
    let pieceSize = 0;
    for (const sign of line) {
      const more = bytes(sign);
      if (pieceSize + more > room) {
        add(piece, '\n');
        [piece, pieceSize] = ['', 0];
      }
      piece += sign;
      pieceSize += more;
    }
    add(piece, '\n');
  }
  return [...parts, part];
}
