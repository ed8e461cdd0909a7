import { plainCopy } from '../domain/plain-copy.js';
import { attachmentsIn, durationsIn, isObject, isPresent, textsIn, valuesIn, type Drop } from './event-parts.js';
import type { PlatformEvent } from './platform-event.js';
import { own } from '../domain/own.js';
import type { ChatMessage } from '../domain/session.js';
import type { ActiveSession, SessionSummary, TransferTarget, Voicemail } from './telephony.js';

/** The result of reading a malformed value. `at`: the path of the malformed value below the part that is read. */
class Malformed {
  readonly at: string;
  constructor(at = '') {
    this.at = at;
  }
}

/** Reads a value. Drops malformed optional parts, and reports them to `drop`. Returns `Malformed` for other faults. */
type Read = (value: unknown, drop: Drop) => unknown;

const where =
  (isValid: (value: unknown) => boolean): Read =>
  (value) =>
    isValid(value) ? value : new Malformed();
const text = where((value) => typeof value === 'string');
const nonEmptyText = where((value) => typeof value === 'string' && value !== '');
const flag = where((value) => typeof value === 'boolean');
const time = where((value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)));
const notNegative = where((value) => typeof value === 'number' && Number.isFinite(value) && value >= 0);
const integer = (from: number, to = Infinity) =>
  where((value) => Number.isInteger(value) && (value as number) >= from && (value as number) <= to);
const oneOf = (...words: readonly string[]) => where((value) => words.includes(value as string));

/** Reads a value that has a default. Drops a malformed value. */
const withDefault =
  (read: Read, fallback: unknown): Read =>
  (value, drop) => {
    const part = read(value, drop);
    if (!(part instanceof Malformed)) return part;
    if (isPresent(value)) drop(part.at);
    return fallback;
  };
/** Reads an optional value. Drops a malformed value. */
const optional = (read: Read): Read => withDefault(read, undefined);

/** Reads an object with these properties. Other properties are kept unchanged. */
const shape =
  (parts: Readonly<Record<string, Read>>): Read =>
  (value, drop) => {
    if (!isObject(value)) return new Malformed();
    const read = new Map(Object.entries(value));
    for (const [name, readPart] of Object.entries(parts)) {
      const below = (at: string) => (at ? `${name}.${at}` : name);
      const part = readPart(Reflect.get(value, name), (at) => drop(below(at)));
      if (part instanceof Malformed) return new Malformed(below(part.at));
      if (part === undefined) read.delete(name);
      else read.set(name, part);
    }
    return Object.fromEntries(read);
  };

const values: Read = (value) => (isObject(value) ? valuesIn(value) : new Malformed());
/** Reads the texts of a list. Drops other items. */
const texts: Read = (value, drop) => {
  const read = textsIn(value);
  if (Array.isArray(value) ? read.length < value.length : isPresent(value)) drop('');
  return read;
};
/** R27: drops an invalid duration. */
const durationParts = shape({
  total: optional(notNegative),
  talk: optional(notNegative),
  hold: optional(notNegative),
  wait: optional(notNegative),
});
const durations: Read = (value, drop) => durationsIn(withDefault(durationParts, {})(value, drop));
/** Reads `{ id }` or one of these words. */
const idOr =
  (...words: readonly string[]): Read =>
  (value, drop) =>
    words.includes(value as string) ? value : shape({ id: nonEmptyText })(value, drop);

const channels = ['ivr-call', 'mobile-call', 'web-call', 'outbound-call', 'internal-call', 'mobile-chat', 'web-chat'];
const record = shape({
  correction: optional(integer(1)),
  contactId: optional(nonEmptyText),
  ticketId: optional(nonEmptyText),
});
const session = shape({
  id: nonEmptyText,
  channel: oneOf(...channels),
  direction: oneOf('inbound', 'outbound'),
  parentId: optional(text),
  agentId: optional(text),
  customerNumber: optional(text),
  extension: optional(text),
  platformNumber: optional(text),
  anonymous: optional(flag),
  blocked: optional(flag),
  voicemail: optional(flag),
  language: optional(text),
  queue: optional(shape({ id: nonEmptyText, path: texts })),
  customer: optional(
    shape({
      identifier: optional(text),
      name: optional(text),
      email: optional(text),
      phone: optional(text),
      authenticated: withDefault(flag, false),
      web: optional(values),
    }),
  ),
  customData: optional(values),
  // S4: `ticket: 'none'` counts even if other parts of the association are malformed.
  association: optional(
    shape({
      contact: withDefault(idOr('new'), 'new'),
      ticket: idOr('new', 'none'),
      enteredNumber: withDefault(flag, false),
      despiteMatches: optional(flag),
    }),
  ),
  record: optional(record),
  conversationUrl: optional(text),
});
/** A15: a message needs no text, because it may have files only. */
const chatMessage = shape({
  id: nonEmptyText,
  key: optional(nonEmptyText),
  at: time,
  from: oneOf('customer', 'agent', 'system'),
  name: optional(text),
  text: optional(text),
  attachments: optional(attachmentsIn),
});
const participant = shape({
  id: nonEmptyText,
  kind: oneOf('customer', 'agent', 'outside'),
  label: text,
  held: withDefault(flag, false),
});
const recordingParts = shape({
  url: optional(text),
  file: optional(where((value) => value instanceof Blob)),
  startedAt: optional(time),
  durationSeconds: withDefault(notNegative, 0),
  part: withDefault(integer(1), 1),
  parts: withDefault(integer(1), 1),
  transcript: optional(text),
});
/** R11: a recording needs an address, a file, a transcript or a start time. */
const recording: Read = (value, drop) => {
  const read = recordingParts(value, drop) as Record<string, unknown>;
  return ['url', 'file', 'transcript', 'startedAt'].some((part) => own(read, part) !== undefined)
    ? read
    : new Malformed();
};
const target = { kind: oneOf('queue', 'agent', 'outside'), id: nonEmptyText, label: withDefault(text, '') };
const transfer = {
  target: shape(target),
  mode: withDefault(oneOf('warm', 'cold'), 'cold'),
  agent: optional(nonEmptyText),
};
/** R8: later sessions are matched by the menu selection, so every part of it must be valid. */
const queueOfMenu = shape({
  id: nonEmptyText,
  path: where((path) => Array.isArray(path) && path.every((one) => typeof one === 'string')),
});
const textOrEmpty = withDefault(text, '');
/** R17: reads a score of 1 to 5, which may be a text with one digit. */
const score: Read = (value, drop) =>
  integer(1, 5)(typeof value === 'string' && /^[1-5]$/.test(value) ? Number(value) : value, drop);

/** The fields of each type of event, beside the fields that all events have. */
const partsByType: Readonly<Record<PlatformEvent['type'], Readonly<Record<string, Read>>>> = {
  'session.created': { session, key: textOrEmpty },
  'session.offered': { session, expiresAt: optional(time), autoAnswerAt: optional(time) },
  'session.assigned': { session, agent: nonEmptyText },
  'session.abandoned': { session },
  'session.connecting': {},
  'session.connected': {},
  'session.muted': { muted: flag },
  'session.held': { held: flag, participantId: optional(nonEmptyText) },
  'session.participant-joined': { participant },
  'session.participant-left': { participant },
  'session.recording-paused': { paused: flag },
  'session.queue-changed': { queue: queueOfMenu },
  'session.missed': {},
  'session.withdrawn': {},
  'session.message': { unread: integer(0), message: optional(chatMessage) },
  'session.typing': { from: withDefault(oneOf('customer', 'agent'), 'customer') },
  'session.read': { upTo: nonEmptyText },
  'session.quality': { word: text, loss: optional(notNegative), jitter: optional(notNegative) },
  // R27: the session has ended even if every other part is malformed.
  'session.ended': {
    endedBy: optional(oneOf('agent', 'customer', 'platform')),
    failReason: optional(text),
    durations,
    connected: optional(flag),
  },
  'session.wrap-up': { until: optional(time) },
  'session.wrap-up-exceeded': {},
  'session.closed': {},
  'session.recorded': { record },
  'transfer.started': transfer,
  'transfer.finished': transfer,
  'transfer.failed': transfer,
  'transfer.cancelled': transfer,
  'recording.ready': { recording },
  'voicemail.received': { session, recording },
  'voicemail.read': { agent: nonEmptyText },
  'voicemail.closed': { agent: nonEmptyText },
  'voicemail.called-back': { agent: nonEmptyText },
  'custom-data.received': { data: values },
  'smart-action.completed': {
    kind: text,
    results: withDefault(values, {}),
    attachments: attachmentsIn,
    verified: optional(flag),
  },
  'smart-action.failed': { kind: text, message: textOrEmpty, byUser: flag },
  'rating.received': { score, feedback: optional(text) },
  'api.responded': { name: text, data: values },
  // A6: notes without a valid author are kept.
  'disposition.submitted': { agent: optional(nonEmptyText), notes: textOrEmpty, codes: texts },
  'agent.status': { status: nonEmptyText, next: optional(nonEmptyText) },
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
const eventOf = (type: PlatformEvent['type']): Read =>
  shape({
    id: nonEmptyText,
    at: time,
    ...(agentEventTypes.has(type) ? {} : { sessionId: nonEmptyText }),
    ...partsByType[type],
  });

const isEventType = (type: unknown): type is PlatformEvent['type'] =>
  typeof type === 'string' && Object.hasOwn(partsByType, type);

/** The paths of the texts that are not cut here, because they are divided when written: notes (A6) and chat messages. */
const uncutTexts = ['notes', 'message.text'];

/**
 * Reads an event from the platform. Never throws. Returns the event and the paths of its malformed parts, which are
 * dropped (`session.queue`). For an unusable event, returns the path of the malformed part (`score`, `session.channel`).
 */
export function readEvent<Event extends PlatformEvent>(
  event: Event,
): { event: Event; dropped: readonly string[] } | { wrong: string } {
  const given = plainCopy(event, uncutTexts);
  const type = isObject(given) ? given['type'] : undefined;
  if (!isEventType(type)) return { wrong: 'type' };
  const dropped: string[] = [];
  const read = eventOf(type)(given, (at) => void dropped.push(at));
  if (read instanceof Malformed) return { wrong: read.at };
  const { sessionId, session: carried } = read as { sessionId?: string; session?: { id: string } };
  const carriesSession = Object.hasOwn(partsByType[type], 'session');
  if (carriesSession && carried?.id !== sessionId) return { wrong: 'session.id' };
  return {
    event: (Object.hasOwn(partsByType[type], 'recording') ? withStartTime(read as Recorded) : read) as Event,
    dropped,
  };
}

/** Makes a reader for answers of the platform. The reader returns undefined for a malformed answer. */
const reader =
  <T>(read: Read, uncut?: readonly string[]) =>
  (given: unknown): T | undefined => {
    const part = read(plainCopy(given, uncut), () => undefined);
    return part instanceof Malformed ? undefined : (part as T);
  };

/** Reads a value with `one`, and the result with `other`. */
const both =
  (one: Read, other: Read): Read =>
  (value, drop) => {
    const part = one(value, drop);
    return part instanceof Malformed ? part : other(part, drop);
  };
const allDurations: Read = (value, drop) => ({
  total: 0,
  talk: 0,
  hold: 0,
  wait: 0,
  ...(durations(value, drop) as object),
});
const participants: Read = (value, drop) =>
  (Array.isArray(value) ? value : []).map((one) => participant(one, drop)).filter((one) => !(one instanceof Malformed));
const phases = ['offered', 'assigned', 'connecting', 'connected', 'wrap-up', 'ended'];
const currentState = {
  phase: oneOf(...phases),
  since: time,
  connectedAt: optional(time),
  muted: withDefault(flag, false),
  held: withDefault(flag, false),
  recordingPaused: withDefault(flag, false),
  participants,
};
const timeOrEmpty = withDefault(time, '');

/** Reads a session with its current state. */
export const readActiveSession = reader<ActiveSession>(both(session, shape(currentState)));
/** Reads a session that the platform remembers. Its phase and the time of the phase may be missing. */
export const readKnownSession = reader<ActiveSession>(
  both(session, shape({ ...currentState, phase: optional(currentState.phase), since: optional(time) })),
);
/** Reads a summary. An invalid time becomes an empty text, and an invalid duration becomes 0. */
export const readSummary = reader<SessionSummary>(
  shape({
    session,
    startedAt: timeOrEmpty,
    durations: allDurations,
    missed: withDefault(flag, false),
    outcome: textOrEmpty,
  }),
);
export const readVoicemail = reader<Voicemail>(
  shape({
    id: nonEmptyText,
    session,
    recording,
    receivedAt: timeOrEmpty,
    state: withDefault(oneOf('new', 'read', 'closed'), 'new'),
  }),
);
/** Reads an entry of the directory. A16: drops a malformed availability, so that the target can still be chosen. */
export const readTarget = reader<TransferTarget>(
  shape({ ...target, presence: optional(oneOf('available', 'busy', 'away')), waiting: optional(integer(0)) }),
);

/** A15: reads a message of a chat. R34: its text is not cut, because the transcript divides it. */
export const readMessage = reader<ChatMessage>(chatMessage, ['text']);

type Recorded = { at: string; recording: { startedAt?: string; parts: number } };

/** R11: a recording without a start time gets the event's time. Parts do not: the times of their events differ. */
const withStartTime = (event: Recorded): Recorded =>
  event.recording.parts > 1 || event.recording.startedAt !== undefined
    ? event
    : { ...event, recording: { ...event.recording, startedAt: event.at } };
