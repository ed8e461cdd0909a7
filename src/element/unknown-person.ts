import { isChat, type Session } from '../domain/session.js';
import { formatted } from './formatted-number.js';
import type { Localizer, MessageKey } from './localize.js';

type Kind = Pick<Session, 'channel'> | undefined;

/** R29: whether the call is with a colleague. */
export const isInternal = (session: Kind): boolean => session?.channel === 'internal-call';

/** The word for a person without a name and number. Calls, chats and internal calls have different words. */
export const unknownWord = (session: Kind): MessageKey =>
  isInternal(session) ? 'internal.unknown' : session && isChat(session) ? 'chat.unknown' : 'call.unknown';

/** The name, else the number, else the word for an unknown person. */
export const whoIs = (
  { name, number, session }: { name: string | undefined; number: string; session: Kind },
  words: Pick<Localizer, 'text'>,
): string => name ?? (number ? formatted(number) : words.text(unknownWord(session)));
