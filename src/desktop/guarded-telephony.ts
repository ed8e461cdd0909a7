import { plainCopy } from '../domain/plain-copy.js';
import { own } from '../domain/own.js';
import {
  readActiveSession,
  readKnownSession,
  readMessage,
  readSummary,
  readTarget,
  readVoicemail,
} from '../telephony/event-shape.js';
import type { ActiveSession, Telephony, TelephonyProfile } from '../telephony/telephony.js';

type Answer = (answer: unknown) => unknown;

/** Leaves out malformed items, so that the rest of the list can be shown. */
const pageOf =
  (read: Answer, uncut?: readonly string[]): Answer =>
  (answer) => {
    const { items, next } = Object(plainCopy(answer, uncut)) as { items?: unknown; next?: unknown };
    return {
      items: (Array.isArray(items) ? items : []).flatMap((item: unknown) => read(item) ?? []),
      ...(typeof next === 'string' && { next }),
    };
  };
const numbers: Answer = (answer) =>
  Object.fromEntries(Object.entries(Object(plainCopy(answer)) as object).filter(([, one]) => Number.isFinite(one)));

const readers: Readonly<Record<string, Answer>> = {
  getSession: readKnownSession,
  history: pageOf(readSummary),
  voicemails: pageOf(readVoicemail),
  directory: pageOf(readTarget),
  listMessages: pageOf(readMessage, ['items.text']),
  statistics: numbers,
};

/** A platform whose answers have the shape that the port promises. Its events are checked at the subscription. */
export const guardedTelephony = (telephony: Telephony): Telephony =>
  new Proxy(telephony, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== 'function') return value;
      const read = typeof property === 'string' ? own(readers, property) : undefined;
      if (!read) return value.bind(target) as unknown;
      return async (...parameters: unknown[]) =>
        read(await (value as (...parameters: unknown[]) => unknown).apply(target, parameters));
    },
  });

/** The well-formed sessions that a reload resumes. */
export const activeSessionsOf = ({ activeSessions }: TelephonyProfile): readonly ActiveSession[] =>
  activeSessions.flatMap((one) => readActiveSession(one) ?? []);
