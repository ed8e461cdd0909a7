import { isChat, type Session } from '../domain/session.js';
import { formatted } from './formatted-number.js';
import type { Localizer, MessageKey } from './localize.js';

type Kind = Pick<Session, 'channel'> | undefined;

/** R29. A colleague is no customer. */
export const isInternal = (session: Kind): boolean => session?.channel === 'internal-call';

/** What somebody is called of whom neither name nor number is known: who writes is no caller. */
export const unknownWord = (session: Kind): MessageKey =>
  isInternal(session) ? 'internal.unknown' : session && isChat(session) ? 'chat.unknown' : 'call.unknown';

/** The name, or the number, or that neither is known. */
export const whoIs = (
  { name, number, session }: { name: string | undefined; number: string; session: Kind },
  words: Pick<Localizer, 'text'>,
): string => name ?? (number ? formatted(number) : words.text(unknownWord(session)));
