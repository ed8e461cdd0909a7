import { bytesOf, longestText, type Comment } from '../domain/ticket.js';
import { plainWriting } from './writing.js';
import type { Intent } from './intent.js';

const bytes = (text: string): number => new TextEncoder().encode(text).length;

/**
 * Divides texts over the limit, such as a very long note, into several comments. Each part but the last ends with a
 * mark, and the write of each further part has a key of its own.
 */
export function withinTextLimit(intents: readonly Intent[]): readonly Intent[] {
  return intents.flatMap((intent): readonly Intent[] => {
    const comment = intent.kind === 'create-ticket' ? intent.draft.comment : 'comment' in intent && intent.comment;
    if (!comment || bytesOf(comment) <= longestText) return [intent];
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
  // Two line breaks, and a third before the foot.
  const room = longestText - bytes(`${cut}${continued}${comment.foot ?? ''}`) - 3;
  const texts = cutText(comment.body, room);
  const { recording: _r, attachments: _a, ...words } = comment;
  return texts.map((text, at) => ({
    ...(at === 0 ? comment : words),
    body: `${at > 0 ? `${continued}\n` : ''}${text}${at < texts.length - 1 ? `\n${cut}` : ''}`,
  }));
}

/** Divides a text into parts of at most `room` bytes: between lines, or within a line that is longer than a part. */
function cutText(text: string, room: number): readonly string[] {
  const parts: string[] = [];
  let part = '';
  let size = 0;
  const add = (piece: string, bytesOfPiece: number) => {
    part += piece;
    size += bytesOfPiece;
  };
  const cut = () => {
    parts.push(part);
    [part, size] = ['', 0];
  };
  for (const [at, line] of text.split('\n').entries()) {
    const separator = at > 0 ? '\n' : '';
    const length = bytes(line);
    if (size + separator.length + length <= room) {
      add(separator + line, separator.length + length);
    } else if (length <= room) {
      cut();
      add(line, length);
    } else {
      for (const sign of separator + line) {
        const more = bytes(sign);
        if (size + more > room) cut();
        add(sign, more);
      }
    }
  }
  return [...parts, part];
}
