import { isChat, type Session } from '../../../src/domain/session.js';
import type { SessionEvent } from '../../../src/telephony/platform-event.js';
import type { Expected } from './expected.js';
import type { SimContext } from './sim-context.js';

type Body = SessionEvent extends infer Each
  ? Each extends SessionEvent
    ? Omit<Each, 'id' | 'at' | 'sessionId'>
    : never
  : never;

/** An event that the platform will send, and the writes that the CRM must show for it. */
export interface Scripted {
  event: SessionEvent;
  /** Milliseconds after the beginning of the run. */
  after: number;
  expected: readonly Expected[];
  /**
   * The event's id in the journal, and keys in the outbox. If one of them is stored, a tab has stored the event. S4:
   * nothing is stored.
   */
  storedAs: readonly string[] | 'nothing';
}

export interface Script {
  sessions: readonly Session[];
  /** Sessions that had ended before this browser was opened, with their ticket. */
  earlier: readonly Session[];
  events: readonly Scripted[];
  /** By session, the contact that the agent chooses if several have the number. Without an entry, the agent never does. */
  choices: ReadonlyMap<string, string>;
}

export const contacts = [
  { id: 11, name: 'Mia', phone: '+14155550101', email: 'mia@sim.example' },
  { id: 12, name: 'Ben', phone: '+14155550102', email: 'ben@sim.example' },
  { id: 13, name: 'Ana', phone: '+14155550103', email: 'ana@sim.example' },
  { id: 14, name: 'Tom', phone: '+14155550177', email: 'tom@sim.example' },
  { id: 15, name: 'Tim', phone: '+14155550177', email: 'tim@sim.example' },
];

/** The tags of tickets 1, 2 and 3, in the order of their requesters. */
export const ticketTags = [
  ['ccai_session_old1', 'ccai_channel_ivr-call', 'ccai_queue_q1'],
  ['ccai_session_old2', 'ccai_channel_web-chat', 'ccai_queue_q2'],
  ['ccai_session_old3', 'ccai_channel_ivr-call', 'ccai_queue_q1', 'ccai_voicemail'],
];

/** The steps with which a session's record begins. */
const started = ['joined', 'ticket'];

const kinds = [
  'joins',
  'chat',
  'outbound joins',
  'outbound new',
  'unknown number',
  'choice',
  'abandoned',
  'voicemail',
  'without ticket',
] as const;
export type SessionKind = (typeof kinds)[number];

export interface ScriptOptions {
  /** The kinds of the sessions [three to five random kinds]. */
  kinds?: readonly SessionKind[];
  /** Whether there may be a session that had ended before the browser was opened. */
  earlier?: boolean;
}

/** Makes sessions of different kinds, which may overlap, and their events. */
export function scriptOf(context: SimContext, options: ScriptOptions = {}): Script {
  const { below, pick, chance } = context;
  const sessions: Session[] = [];
  const choices = new Map<string, string>();
  const events: Scripted[] = [];
  const begin = context.time.now();
  const iso = (after: number) => new Date(begin + after).toISOString();
  const minute = (after: number) => iso(after).slice(11, 16);
  let words = 0;

  type Line = readonly [line: string, word: string, field?: number];
  const add = (
    session: Session,
    after: number,
    body: Body,
    lines: readonly Line[],
    step: string | string[] = [...started, 'voicemail'],
    mark?: string,
  ) => {
    const id = `e${++words}`;
    const steps = typeof step === 'string' ? [`${step}/${id}`] : step;
    const event = { ...body, id, at: new Date(begin + after).toISOString(), sessionId: session.id } as SessionEvent;
    const times = session.association?.ticket === 'none' ? 0 : 1;
    events.push({
      event,
      after,
      storedAs: times === 0 ? 'nothing' : [id, ...(mark ? [mark] : []), ...steps.map((one) => `${session.id}/${one}`)],
      expected: lines.map(([line, word, field]) => ({
        ...{ line, word, times, lane: session.id, key: session.id },
        // Custom data from before the start is in the comment of the start, or in another write.
        keys: [...steps, ...(line.startsWith('first: ') ? ['custom-data'] : [])].map((one) => `${session.id}/${one}`),
        first: step === started,
        ...(mark !== undefined && { inCard: true }),
        field,
      })),
    });
  };

  const chosen = options.kinds ?? Array.from({ length: 3 + below(3) }, () => pick(kinds));
  for (const [index, kind] of chosen.entries()) {
    const session = sessionOf(kind, index, context);
    sessions.push(session);
    if (kind === 'choice' && chance(0.7)) choices.set(session.id, String(14 + below(2)));
    let after = 500 + below(15_000);
    const next = () => (after += 200 + below(7000));
    const number = `num${100 + index}`;
    const platformNumber = session.platformNumber!;
    const word = session.voicemail
      ? 'voicemail_received'
      : kind === 'abandoned'
        ? 'call_abandoned'
        : isChat(session)
          ? 'chat_started'
          : 'call_started';
    const start: [string, string][] = [[`${word} · ${session.id}`, platformNumber.slice(1)]];
    if (session.customData)
      start.push([`first: ${String(session.customData.first)}`, String(session.customData.first)]);
    const link = () => `link${++words}`;
    const recording = (name: string) => ({
      ...{ url: `https://r.example/${name}`, startedAt: new Date(begin + after).toISOString() },
      ...{ durationSeconds: 9, part: 1, parts: 1 },
    });
    if (kind === 'abandoned') {
      add(session, after, { type: 'session.abandoned', session }, start, ['ticket']);
      continue;
    }
    if (kind === 'voicemail') {
      start[0]![0] = `voicemail_received · ${session.id}`;
      const name = link();
      const body = { type: 'voicemail.received' as const, session, recording: recording(name) };
      add(session, after, body, [...start, [`▶ Recording, 9 s: https://r.example/${name}`, name]], ['voicemail']);
      if (chance(0.5)) add(session, next(), { type: 'voicemail.read', agent: '1' }, []);
      continue;
    }
    const chat = isChat(session);
    const cards = ['finished'];
    if (session.direction === 'outbound')
      add(session, after, { type: 'session.created', session, key: number }, start, started);
    else add(session, after, { type: 'session.assigned', session, agent: '1' }, start, started);
    for (let left = below(4); left > 0; left--) {
      const word = `data${++words}w${index}`;
      const data = { [`data${index}`]: word };
      add(
        session,
        next(),
        { type: 'custom-data.received', data },
        [
          [`data${index}: ${word}`, word],
          [word, word, 101 + index],
        ],
        'custom-data',
      );
    }
    if (chance(0.5)) {
      const word = `api${++words}`;
      add(
        session,
        next(),
        { type: 'api.responded', name: word, data: {} },
        [[`Automatic: API response: ${word}`, word]],
        'api-response',
      );
    }
    if (chance(0.4)) {
      const word = `kim${++words}`;
      const participant = { id: 'p', kind: 'outside' as const, label: word, held: false };
      add(
        session,
        next(),
        { type: 'session.participant-joined', participant },
        [[`${word} joined at ${minute(after)}`, word]],
        [...cards, `detail/e${words + 1}`],
        word,
      );
    }
    if (chance(0.3)) {
      const target = { kind: 'agent' as const, id: '2', label: 'Sam' };
      const at = next();
      const second = iso(at).slice(0, 19);
      add(
        session,
        at,
        { type: 'transfer.finished', target, mode: 'cold' },
        [[`${chat ? 'chat' : 'call'}_handed_over · ${session.id}`, `_handed_over · ${session.id}`]],
        [`handed-over/1/${second}`, `transferred/2/${second}`, `detail/e${words + 1}`],
      );
      // A transfer that is heard after the end has no handover card.
      for (const one of events.at(-1)!.expected) one.mayMiss = true;
    }
    const durations = { total: 600 + index, talk: 500, hold: 0, wait: 0 };
    add(
      session,
      next(),
      { type: 'session.ended', endedBy: 'agent', durations },
      [[`${chat ? 'chat' : 'call'}_finished · ${session.id}`, `_finished · ${session.id}`]],
      ['finished'],
      `${session.id} ended`,
    );
    if (chance(0.5)) {
      const word = `note${++words}`;
      add(
        session,
        next(),
        { type: 'disposition.submitted', agent: '1', notes: word, codes: [] },
        [[word, word]],
        [...cards, `disposition/1/${iso(after).slice(0, 19)}`],
        word,
      );
    }
    if (chance(0.5)) {
      const name = link();
      add(
        session,
        next(),
        { type: 'recording.ready', recording: recording(name) },
        [[`▶ Recording, 9 s: https://r.example/${name}`, name]],
        [...cards, `recording/${iso(after).slice(0, 19)}-1`],
        `https://r.example/${name}`,
      );
    }
    if (kind === 'choice' || chance(0.8)) add(session, next(), { type: 'session.closed' }, []);
    if (chance(0.4)) {
      const word = `rate${++words}`;
      add(session, next(), { type: 'rating.received', score: 5, feedback: word }, [[`  ${word}`, word]], ['rating']);
    }
  }
  const earlier: Session[] = [];
  if (chance(0.3) && options.earlier) {
    const old: Session = { ...sessionOf('joins', 50, context), record: { ticketId: '1', contactId: '11' } };
    earlier.push(old);
    const word = `rate${++words}`;
    add(
      old,
      1000 + below(20_000),
      { type: 'rating.received', score: 4, feedback: word },
      [[`  ${word}`, word]],
      ['rating'],
    );
  }
  return { sessions, earlier, events: events.sort((a, b) => a.after - b.after), choices };
}

function sessionOf(kind: SessionKind, index: number, { below, chance }: SimContext): Session {
  const base = {
    id: `s${index}`,
    agentId: '1',
    platformNumber: `+1888555${1000 + index}`,
    ...(chance(0.4) && { customData: { first: `first${index}w` } }),
  };
  const inbound = { ...base, direction: 'inbound' as const, channel: 'ivr-call' as const };
  const outbound = { ...base, direction: 'outbound' as const, channel: 'outbound-call' as const };
  const q1 = { id: 'q1', path: ['Sales'] };
  switch (kind) {
    case 'joins':
      return { ...inbound, customerNumber: contacts[0]!.phone, queue: q1 };
    case 'chat': {
      const customer = { name: 'Ben', email: contacts[1]!.email, authenticated: true };
      return { ...inbound, channel: 'web-chat', customer, queue: { id: 'q2', path: ['Help'] } };
    }
    case 'outbound joins':
    case 'outbound new':
    case 'without ticket': {
      const at = below(3);
      const ticket =
        kind === 'outbound joins'
          ? { id: String(at + 1) }
          : kind === 'outbound new'
            ? ('new' as const)
            : ('none' as const);
      const association = { contact: { id: String(11 + at) }, ticket, enteredNumber: false };
      return { ...outbound, customerNumber: contacts[at]!.phone, association };
    }
    case 'unknown number':
      return { ...inbound, customerNumber: `+1415555019${below(2)}`, queue: q1 };
    case 'choice':
      return { ...inbound, customerNumber: '+14155550177', queue: q1 };
    case 'voicemail':
    case 'abandoned': {
      const { agentId: _, ...withoutAgent } = inbound;
      return { ...withoutAgent, customerNumber: contacts[below(3)]!.phone, queue: q1 };
    }
  }
}
