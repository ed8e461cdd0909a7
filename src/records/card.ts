import type { Iso } from '../domain/contact.js';
import type { Settings } from '../domain/settings.js';
import { isChat, type Session } from '../domain/session.js';
import { footText, type Comment } from '../domain/ticket.js';
import { oneLine } from '../domain/one-line.js';
import type { Lines } from './comment-lines.js';
import type { Known } from './rule.js';
import { colleague, dayAndTime, nameText, plainWriting, say, type Writing } from './writing.js';

/** R32: the words of a foot, the same in every language. `call_…` is `chat_…` for a chat. */
export type FootWord =
  | 'call_started'
  | 'call_handed_over'
  | 'call_finished'
  | 'call_abandoned'
  | 'call_detail'
  | 'recording_ready'
  | 'rating_received'
  | 'voicemail_received'
  | 'voicemail_read'
  | 'voicemail_closed'
  | 'voicemail_called_back'
  | 'field_problem'
  | 'chat_transcript'
  | 'smart_action'
  | 'custom_data'
  | 'api_response'
  | 'disposition'
  | 'moved';

/** R31: a comment for people: what happened, more about it, and a last line for machines. */
export interface Card {
  headline: string;
  lines: Lines;
  foot: string;
  /** Whether the headline names who did it. */
  named?: boolean;
}

export const writingOf = ({ writing = plainWriting }: Pick<Known, 'writing'>): Writing => writing;

/** R32: the foot of a comment about a session. */
export const footOf = (word: FootWord, session: Pick<Session, 'id' | 'channel'>): string =>
  footText(isChat(session) ? word.replace(/^call_/, 'chat_') : word, session.id);

/** The sign before a headline. */
export const signOf = (session: Session): string => (isChat(session) ? '💬' : '☎');

/**
 * R33: the comment of a card. Its author is `doer`. What nobody did has the default CRM user (S9) as author where the
 * CRM allows other authors. Otherwise the headline says who did it, or that nobody did.
 */
export function cardComment(
  { headline, lines, foot, named = false }: Card,
  doer: string | 'nobody' | undefined,
  known: Known,
  settings: Settings,
  at: Iso,
  more: Pick<Comment, 'recording' | 'attachments'> = {},
): Comment {
  const writing = writingOf(known);
  const authorId = authorOf(doer, known, settings);
  return {
    body: [named ? headline : headlineBy(headline, doer, authorId, known), ...lines].join('\n'),
    foot,
    words: wordsAt(at, writing),
    public: false,
    ...(authorId !== undefined && { authorId }),
    ...more,
  };
}

function authorOf(doer: string | 'nobody' | undefined, known: Known, { tickets }: Settings): string | undefined {
  if (!writingOf(known).authors) return undefined;
  return doer === 'nobody' ? tickets.defaultUserId : doer;
}

function headlineBy(headline: string, doer: string | undefined, authorId: string | undefined, known: Known): string {
  const writing = writingOf(known);
  if (doer === 'nobody') return authorId === undefined ? say(writing, 'headline.automatic', { headline }) : headline;
  const isWriter = doer === undefined || authorId === doer || doer === known.agent?.id;
  return isWriter ? headline : say(writing, 'headline.by', { headline, agent: colleagueIn(known, doer) });
}

/** R31: the words that the outbox and hosts add. */
export const wordsAt = (at: Iso, writing: Writing): NonNullable<Comment['words']> => ({
  late: say(writing, 'late', { time: dayAndTime(at, writing) }),
  part: writing.words['words.part'],
  followUp: writing.words['words.followUp'],
  kept: writing.words['words.kept'],
  elsewhere: writing.words['words.elsewhere'],
  cut: writing.words['text.cut'],
  continued: writing.words['text.continued'],
});

/** R33: an agent's name: the desktop's own agent, a colleague whose name was read, or "a colleague". */
export const colleagueIn = (known: Known, id: string): string =>
  id === known.agent?.id ? nameText(known.agent.name) : colleague(id, writingOf(known));

/** R32: the customer: name and number, or what is known of them. */
export function whoIs({ session, contactName, ...known }: Pick<Known, 'session' | 'contactName' | 'writing'>): string {
  const writing = writingOf(known);
  if (session.anonymous) return say(writing, 'who.unknown');
  const number = numberOf(session, writing);
  const name = nameText(contactName ?? session.customer?.name ?? '');
  const shown = [isNumber(name) && number ? '' : name, number].filter(Boolean).join(' · ');
  return shown || nameText(session.customer?.email ?? '') || say(writing, 'who.unknown');
}

/** R20: whether a contact is named by a number, because nothing else was known. */
export const isNumber = (name: string): boolean => /^[+\d\s().x-]+$/.test(name) && /\d/.test(name);

/** The customer's number as people write it, with its extension. */
export function numberOf({ customerNumber, customer, extension }: Session, writing: Writing): string | undefined {
  const number = customerNumber ?? customer?.phone;
  if (!number) return undefined;
  const shown = oneLine(writing.phone(number));
  return extension ? say(writing, 'line.extension', { number: shown, extension: oneLine(extension) }) : shown;
}
