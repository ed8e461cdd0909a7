import type { PlatformEvent, SessionEvent } from '../telephony/platform-event.js';
import { plainCopy } from '../domain/plain-copy.js';
import type { Failure } from '../domain/failure.js';
import type { KeeperProblem } from './problem.js';

/**
 * How the keeper handles an event while the session has no record.
 * `introduces`: the event carries the session. `waits`: the event waits for the session's ticket. `late`: the event may
 * come days after the end, so the keeper asks the platform at once. `ends`: the event ends the session. `detail`: the
 * event adds to the session's next card (R31), and is not worth a record by itself. `nothing`: the keeper never writes
 * the event.
 */
type Role = 'introduces' | 'waits' | 'late' | 'ends' | 'detail' | 'nothing';

const roles: Readonly<Record<SessionEvent['type'], Role>> = {
  'session.created': 'introduces',
  'session.offered': 'introduces',
  'session.assigned': 'introduces',
  'session.abandoned': 'introduces',
  'voicemail.received': 'introduces',
  'session.connecting': 'nothing',
  'session.connected': 'detail',
  'session.muted': 'nothing',
  'session.held': 'detail',
  'session.missed': 'nothing',
  'session.withdrawn': 'nothing',
  'session.message': 'nothing',
  'session.typing': 'nothing',
  'session.read': 'nothing',
  'session.quality': 'nothing',
  'session.wrap-up': 'detail',
  'session.wrap-up-exceeded': 'nothing',
  'transfer.started': 'nothing',
  'transfer.failed': 'detail',
  'transfer.cancelled': 'detail',
  'transfer.finished': 'waits',
  'session.queue-changed': 'waits',
  'session.participant-joined': 'waits',
  'session.participant-left': 'waits',
  'session.recording-paused': 'waits',
  'custom-data.received': 'waits',
  'smart-action.completed': 'waits',
  'smart-action.failed': 'waits',
  'api.responded': 'waits',
  'session.ended': 'ends',
  'session.closed': 'ends',
  'session.recorded': 'nothing',
  'recording.ready': 'late',
  'voicemail.read': 'late',
  'voicemail.closed': 'late',
  'voicemail.called-back': 'late',
  'rating.received': 'late',
  'disposition.submitted': 'late',
};

export const roleOf = ({ type }: SessionEvent): Role | undefined =>
  Object.hasOwn(roles, type) ? roles[type] : undefined;

/** `part`: the path of the malformed part. */
export function badEvent(given: PlatformEvent, part: string): KeeperProblem {
  const { type, sessionId } = Object(plainCopy(given)) as Partial<Record<keyof SessionEvent, unknown>>;
  const why = part === 'type' ? 'its type is unknown' : `its part "${part}" is malformed`;
  return { ...notRecorded(type, why, sessionId), part };
}

/** The keeper records the event without its malformed `part`. */
export function keptWithout(given: PlatformEvent, part: string): KeeperProblem {
  const told = badEvent(given, part);
  const message = `An event (${told.event}) was recorded without its part "${part}", which is malformed.`;
  return { ...told, message };
}

/** Whether the event alone is worth no record: it ends the session, or adds to its card. */
export const isMinor = (event: SessionEvent): boolean => ['ends', 'detail'].includes(roleOf(event) ?? '');

/** The form of an event type. A problem never quotes a type of another form, which could hold personal data. */
const word = /^[a-z][a-z.-]{0,59}$/;

export function notRecorded(type: unknown, why: string, sessionId: unknown, cause?: unknown): KeeperProblem {
  const event = typeof type === 'string' && word.test(type) ? type : 'no type';
  return {
    code: Object.hasOwn(roles, event) ? 'bad-event' : 'unknown-event',
    message: `An event (${event}) was not recorded: ${why}.`,
    ...(typeof sessionId === 'string' ? { sessionId } : {}),
    event,
    ...(cause === undefined ? {} : { cause }),
  };
}

const keptEvents = 500;

/** Whether so many events of the session wait that this one is dropped. An end, a close and a transfer never are. */
export const isTooMany = (event: SessionEvent, waiting: readonly SessionEvent[]): boolean =>
  waiting.length >= keptEvents && roleOf(event) !== 'ends' && !event.type.startsWith('transfer.');

export const tooMany = ({ sessionId, type }: SessionEvent): KeeperProblem => ({
  code: 'too-many-events',
  message: `An event (${type}) was not recorded: too many of session ${sessionId} wait already.`,
  sessionId,
  event: type,
});

export const unknownSession = (sessionId: string, lost: readonly SessionEvent[]): KeeperProblem => ({
  code: 'unknown-session',
  message: `The ticket of session ${sessionId} was not found. Not recorded: ${lost.map(({ type }) => type).join(', ')}.`,
  sessionId,
});

export const lookUpRefused = (what: string, { code, message }: Failure): KeeperProblem => ({
  code: 'look-up-failed',
  message: `The CRM refused ${what} (${code}): ${message}`,
});
