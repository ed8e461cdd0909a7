import type { Attachment, ChatMessage } from '../domain/session.js';
import { isHttps } from '../domain/https-link.js';
import { linesOf, oneLine } from '../domain/one-line.js';
import { writingOf } from './card.js';
import type { Lines } from './comment-lines.js';
import type { Known } from './rule.js';
import { dayText, nameText, say, sizeText, timeText, type Writing } from './writing.js';

/** Before the further lines of a message, so that none of them looks like another message or like a foot. */
const indent = '  ';

/**
 * R34: a conversation as people read it: who, when, what. Each item has the lines of one message, or a day before the
 * first message of that day. The messages are the oldest first.
 */
export function transcriptBlocks(messages: readonly ChatMessage[], known: Known): readonly Lines[] {
  const writing = writingOf(known);
  let day = messages[0] && dayText(messages[0].at, writing);
  return messages.flatMap((message): readonly Lines[] => {
    const own = dayText(message.at, writing);
    const isNewDay = own !== day;
    day = own;
    return [...(isNewDay ? [[own]] : []), messageLines(message, known, writing)];
  });
}

function messageLines(message: ChatMessage, known: Known, writing: Writing): Lines {
  const { at, from, text = '', attachments = [] } = message;
  const time = timeText(at, writing);
  const said = linesOf(text).filter((line) => line.trim() !== '');
  const files = attachments.map((file) => fileText(file, writing));
  if (from === 'system')
    return [`— ${say(writing, 'transcript.system', { text: oneLine(text).trim(), time })}`, ...indented(files)];
  const [first = writing.words['transcript.no-text'], ...more] = [...said, ...files];
  const name = nameOf(message, known, writing);
  return [say(writing, 'transcript.says', { time, name, text: first.trim() }), ...indented(more)];
}

const indented = (given: Lines): Lines => given.map((line) => `${indent}${line.trimEnd()}`);

function nameOf({ from, name }: ChatMessage, { contactName, session }: Known, { words }: Writing): string {
  if (from === 'agent') return nameText(name ?? '') || words['transcript.agent'];
  return nameText(name ?? contactName ?? session.customer?.name ?? '') || words['transcript.customer'];
}

/** A15: a file as its name, its size and its link. Only https links are written. */
function fileText({ name, size, url }: Attachment, writing: Writing): string {
  const what = size === undefined ? nameText(name) : `${nameText(name)} (${sizeText(size, writing)})`;
  return `📎 ${what}${isHttps(url) ? ` ${oneLine(url)}` : ''}`;
}

const bytes = (text: string): number => new TextEncoder().encode(text).length;

/**
 * Packs blocks of lines into parts of at most `room` bytes: cut between blocks, and a block that is longer than a part
 * between characters.
 */
export function inParts(blocks: readonly Lines[], room: number): readonly Lines[] {
  const parts: string[][] = [[]];
  let size = 0;
  for (const block of blocks.flatMap((one) => withinRoom(one, room))) {
    const length = block.reduce((sum, line) => sum + bytes(line) + 1, 0);
    if (size + length > room && size > 0) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)!.push(...block);
    size += length;
  }
  return parts;
}

function withinRoom(block: Lines, room: number): readonly Lines[] {
  const length = block.reduce((sum, line) => sum + bytes(line) + 1, 0);
  return length <= room ? [block] : block.flatMap((line) => cutLine(line, room).map((piece) => [piece]));
}

function cutLine(line: string, room: number): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  let size = 1;
  for (const sign of line) {
    const more = bytes(sign);
    if (size + more > room) {
      pieces.push(piece);
      [piece, size] = [indent, 1 + indent.length];
    }
    piece += sign;
    size += more;
  }
  return [...pieces, piece];
}
