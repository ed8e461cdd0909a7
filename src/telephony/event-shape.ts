import { plainCopy } from '../domain/plain-copy.js';
import { attachmentsIn, durationsIn, isObject, isPresent, textsIn, valuesIn, type Drop } from './event-parts.js';
import type { PlatformEvent } from './platform-event.js';
import { own } from '../domain/own.js';
import type { ActiveSession, SessionSummary, TransferTarget, Voicemail } from './telephony.js';

/** The result for a malformed value. `at`: the value's path below the part that the reader reads. */
class Wrong {
  readonly at: string;
  constructor(at = '') {
    this.at = at;
  }
}

/** Reads a value. Drops malformed optional parts and reports them to `drop`. Otherwise, returns `Wrong`. */
type Read = (value: unknown, drop: Drop) => unknown;

const only =
  (holds: (value: unknown) => boolean): Read =>
  (value) =>
    holds(value) ? value : new Wrong();
const text = only((value) => typeof value === 'string');
const named = only((value) => typeof value === 'string' && value !== '');
const flag = only((value) => typeof value === 'boolean');
const time = only((value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)));
const amount = only((value) => typeof value === 'number' && Number.isFinite(value) && value >= 0);
const whole = (from: number, to = Infinity) =>
  only((value) => Number.isInteger(value) && (value as number) >= from && (value as number) <= to);
const oneOf = (...words: readonly string[]) => only((value) => words.includes(value as string));

const or =
  (read: Read, otherwise: unknown): Read =>
  (value, drop) => {
    const part = read(value, drop);
    if (!(part instanceof Wrong)) return part;
    if (isPresent(value)) drop(part.at);
    return otherwise;
  };
/** Reads an optional value. Drops a malformed value. */
const maybe = (read: Read): Read => or(read, undefined);

/** An object with these properties. Other properties are kept unchanged. */
const shape =
  (parts: Readonly<Record<string, Read>>): Read =>
  (value, drop) => {
    if (!isObject(value)) return new Wrong();
    const read = new Map(Object.entries(value));
    for (const [name, readPart] of Object.entries(parts)) {
      const below = (at: string) => (at ? `${name}.${at}` : name);
      const part = readPart(Reflect.get(value, name), (at) => drop(below(at)));
      if (part instanceof Wrong) return new Wrong(below(part.at));
      if (part === undefined) read.delete(name);
      else read.set(name, part);
    }
    return Object.fromEntries(read);
  };

const values: Read = (value) => (isObject(value) ? valuesIn(value) : new Wrong());
/** The texts of a list. */
const texts: Read = (value, drop) => {
  const read = textsIn(value);
  if (Array.isArray(value) ? read.length < value.length : isPresent(value)) drop('');
  return read;
};
/** R27: an invalid duration is left out. */
const figures = shape({ total: maybe(amount), talk: maybe(amount), hold: maybe(amount), wait: maybe(amount) });
const durations: Read = (value, drop) => durationsIn(or(figures, {})(value, drop));
/** `{ id }`, or one of these words. */
const ref =
  (...words: readonly string[]): Read =>
  (value, drop) =>
    words.includes(value as string) ? value : shape({ id: named })(value, drop);

const channels = ['ivr-call', 'mobile-call', 'web-call', 'outbound-call', 'internal-call', 'mobile-chat', 'web-chat'];
const session = shape({
  id: named,
  channel: oneOf(...channels),
  direction: oneOf('inbound', 'outbound'),
  parentId: maybe(text),
  agentId: maybe(text),
  customerNumber: maybe(text),
  extension: maybe(text),
  platformNumber: maybe(text),
  anonymous: maybe(flag),
  blocked: maybe(flag),
  voicemail: maybe(flag),
  language: maybe(text),
  queue: maybe(shape({ id: named, path: texts })),
  customer: maybe(
    shape({
      identifier: maybe(text),
      name: maybe(text),
      email: maybe(text),
      phone: maybe(text),
      authenticated: or(flag, false),
      web: maybe(values),
    }),
  ),
  customData: maybe(values),
  // S4: `ticket: 'none'` counts even if other parts of the association are malformed.
  association: maybe(
    shape({
      contact: or(ref('new'), 'new'),
      ticket: ref('new', 'none'),
      enteredNumber: or(flag, false),
      despiteMatches: maybe(flag),
    }),
  ),
  record: maybe(shape({ contactId: maybe(named), ticketId: maybe(named) })),
});
const participant = shape({
  id: named,
  kind: oneOf('customer', 'agent', 'outside'),
  label: text,
  held: or(flag, false),
});
const recordingParts = shape({
  url: maybe(text),
  file: maybe(only((value) => value instanceof Blob)),
  startedAt: maybe(time),
  durationSeconds: or(amount, 0),
  part: or(whole(1), 1),
  parts: or(whole(1), 1),
  transcript: maybe(text),
});
/** R11: a recording needs an address, a file, a transcript or a start time. */
const recording: Read = (value, drop) => {
  const read = recordingParts(value, drop) as Record<string, unknown>;
  return ['url', 'file', 'transcript', 'startedAt'].some((part) => own(read, part) !== undefined) ? read : new Wrong();
};
const transfer = {
  target: shape({ kind: oneOf('queue', 'agent', 'outside'), id: named, label: or(text, '') }),
  mode: or(oneOf('warm', 'cold'), 'cold'),
  agent: maybe(named),
};
/** R8: later sessions are matched by the menu selection, so every part of it must be valid. */
const queueOfMenu = shape({
  id: named,
  path: only((path) => Array.isArray(path) && path.every((one) => typeof one === 'string')),
});
const words = or(text, '');
/** R17: a score may be a text with one digit. */
const score: Read = (value, drop) =>
  whole(1, 5)(typeof value === 'string' && /^[1-5]$/.test(value) ? Number(value) : value, drop);

/** The parts of each type of event, beside those that all events have. */
const table: Readonly<Record<PlatformEvent['type'], Readonly<Record<string, Read>>>> = {
  'session.created': { session, key: words },
  'session.offered': { session, expiresAt: maybe(time), autoAnswerAt: maybe(time) },
  'session.assigned': { session, agent: named },
  'session.abandoned': { session },
  'session.connecting': {},
  'session.connected': {},
  'session.muted': { muted: flag },
  'session.held': { held: flag, participantId: maybe(named) },
  'session.participant-joined': { participant },
  'session.participant-left': { participant },
  'session.recording-paused': { paused: flag },
  'session.queue-changed': { queue: queueOfMenu },
  'session.missed': {},
  'session.withdrawn': {},
  'session.message': { unread: whole(0) },
  'session.quality': { word: text, loss: maybe(amount), jitter: maybe(amount) },
  // R27: the session has ended even if every other part is malformed.
  'session.ended': {
    endedBy: maybe(oneOf('agent', 'customer', 'platform')),
    failReason: maybe(text),
    durations,
    connected: maybe(flag),
  },
  'session.wrap-up': { until: maybe(time) },
  'session.wrap-up-exceeded': {},
  'session.closed': {},
  'transfer.started': transfer,
  'transfer.finished': transfer,
  'transfer.failed': transfer,
  'transfer.cancelled': transfer,
  'recording.ready': { recording },
  'voicemail.received': { session, recording },
  'voicemail.read': { agent: named },
  'voicemail.closed': { agent: named },
  'voicemail.called-back': { agent: named },
  'custom-data.received': { data: values },
  'smart-action.completed': { kind: text, results: or(values, {}), attachments: attachmentsIn, verified: maybe(flag) },
  'smart-action.failed': { kind: text, message: words, byUser: flag },
  'rating.received': { score, feedback: maybe(text) },
  'api.responded': { name: text, data: values },
  // A6: notes without a valid author are kept.
  'disposition.submitted': { agent: maybe(named), notes: words, codes: texts },
  'agent.status': { status: named, next: maybe(named) },
  'connection.lost': {},
  'connection.restored': {},
  'device.lost': {},
};

const agentEventTypes: ReadonlySet<string> = new Set([
  'agent.status',
  'connection.lost',
  'connection.restored',
  'device.lost',
]);
const framed = (type: PlatformEvent['type']): Read =>
  shape({ id: named, at: time, ...(agentEventTypes.has(type) ? {} : { sessionId: named }), ...table[type] });

const isType = (type: unknown): type is PlatformEvent['type'] => typeof type === 'string' && Object.hasOwn(table, type);

/** The paths of the texts that stay whole here, because later writes divide them: notes (A6) and chat messages. */
const dividedWhenWritten = ['notes', 'message.text'];

/**
 * Reads an event from the platform. Returns the event with the paths of its dropped malformed parts (`session.queue`),
 * or the path of the part that makes the event unusable (`score`, `session.channel`). Never throws.
 */
export function readEvent<Event extends PlatformEvent>(
  event: Event,
): { event: Event; dropped: readonly string[] } | { wrong: string } {
  const given = plainCopy(event, dividedWhenWritten);
  const type = isObject(given) ? given['type'] : undefined;
  if (!isType(type)) return { wrong: 'type' };
  const dropped: string[] = [];
  const read = framed(type)(given, (at) => void dropped.push(at));
  if (read instanceof Wrong) return { wrong: read.at };
  const { sessionId, session: carried } = read as { sessionId?: string; session?: { id: string } };
  const carries = Object.hasOwn(table[type], 'session');
  if (carries && carried?.id !== sessionId) return { wrong: 'session.id' };
  return { event: (Object.hasOwn(table[type], 'recording') ? timed(read as Recorded) : read) as Event, dropped };
}

/** Makes a reader for a part of the platform's answers. The reader returns undefined for a malformed part. */
const reader =
  <T>(read: Read) =>
  (given: unknown): T | undefined => {
    const part = read(plainCopy(given), () => undefined);
    return part instanceof Wrong ? undefined : (part as T);
  };

const both =
  (one: Read, other: Read): Read =>
  (value, drop) => {
    const part = one(value, drop);
    return part instanceof Wrong ? part : other(part, drop);
  };
const known: Read = (value, drop) => ({ total: 0, talk: 0, hold: 0, wait: 0, ...(durations(value, drop) as object) });
const listed: Read = (value, drop) =>
  (Array.isArray(value) ? value : []).map((one) => participant(one, drop)).filter((one) => !(one instanceof Wrong));
const phases = ['offered', 'assigned', 'connecting', 'connected', 'wrap-up', 'ended'];
const moment = {
  phase: oneOf(...phases),
  since: time,
  connectedAt: maybe(time),
  muted: or(flag, false),
  held: or(flag, false),
  recordingPaused: or(flag, false),
  participants: listed,
};
const when = or(time, '');

/** A session with everything that a screen needs. */
export const readActiveSession = reader<ActiveSession>(both(session, shape(moment)));
/** Reads an earlier session, which may lack its phase and the phase's time. */
export const readKnownSession = reader<ActiveSession>(
  both(session, shape({ ...moment, phase: maybe(moment.phase), since: maybe(time) })),
);
/** An invalid time becomes an empty text, an invalid duration 0. */
export const readSummary = reader<SessionSummary>(
  shape({ session, startedAt: when, durations: known, missed: or(flag, false), outcome: words }),
);
export const readVoicemail = reader<Voicemail>(
  shape({ id: named, session, recording, receivedAt: when, state: or(oneOf('new', 'read', 'closed'), 'new') }),
);
export const readTarget = reader<TransferTarget>(transfer.target);

type Recorded = { at: string; recording: { startedAt?: string; parts: number } };

/** R11: gives the event's time to a recording without a start time, except to parts: their events' times differ. */
const timed = (event: Recorded): Recorded =>
  event.recording.parts > 1 || event.recording.startedAt !== undefined
    ? event
    : { ...event, recording: { ...event.recording, startedAt: event.at } };
