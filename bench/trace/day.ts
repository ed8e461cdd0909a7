import { seededRandom } from '../../src/environment/seeded-random.js';
import type { Session } from '../../src/domain/session.js';
import type { SessionEvent } from '../../src/telephony/platform-event.js';

type Body = SessionEvent extends infer Each
  ? Each extends SessionEvent
    ? Omit<Each, 'id' | 'at' | 'sessionId'>
    : never
  : never;

/** An event of a session, with its time. */
export interface TimedEvent {
  /** The id of the agent whose desktop gets the event. */
  agent: string;
  /** Milliseconds since the beginning of the day. */
  after: number;
  event: SessionEvent;
}

/** A16: the agent opens the details of a session, or merges its ticket into another one in the CRM. */
export interface TimedAct {
  agent: string;
  after: number;
  sessionId: string;
  act: 'open details' | 'merge';
}

export interface Day {
  events: readonly TimedEvent[];
  acts: readonly TimedAct[];
  /** The number of sessions. */
  sessions: number;
  /** The contacts of the CRM. */
  customers: readonly { id: number; phone: string }[];
}

const hours = 8;
const sessionsAnHour = 5;
const minute = 60_000;

/**
 * Generates the events of a day. Half of the sessions are inbound calls, a fifth are chats, the rest are outbound calls.
 * The other events have fixed probabilities. In one of seven sessions the agent opens Details, and one ticket of fifty is
 * merged during its session. The benchmark prints which part of the requests is of which kind.
 */
export function dayOf(agents: number, seed = 1): Day {
  const random = seededRandom(seed);
  const chance = (probability: number) => random() < probability;
  const below = (limit: number) => Math.floor(random() * limit);
  const customers = Array.from({ length: agents * 20 }, (_, at) => ({
    id: 5001 + at,
    phone: `+1415${String(5_000_000 + at)}`,
  }));
  const events: TimedEvent[] = [];
  const acts: TimedAct[] = [];
  // Their own random numbers: the events stay those of earlier measurements.
  const ofActs = seededRandom(seed + 1);
  let sessions = 0;
  for (let number = 0; number < agents; number++) {
    const agent = String(101 + number);
    for (let slot = 0; slot < hours * sessionsAnHour; slot++) {
      const begin = (slot / sessionsAnHour) * 60 * minute + below(4 * minute);
      const id = `s${++sessions}`;
      let count = 0;
      const add = (after: number, body: Body) =>
        void events.push({
          agent,
          after: begin + after,
          event: { ...body, id: `${id}/${++count}`, at: '', sessionId: id, owner: agent } as SessionEvent,
        });
      const customer = customers[below(customers.length)]!;
      const known = chance(0.85);
      const kind = random();
      const chat = kind >= 0.5 && kind < 0.7;
      const outbound = kind >= 0.7;
      const talk = minute + below(5 * minute);
      const session: Session = {
        id,
        channel: outbound ? 'outbound-call' : chat ? 'web-chat' : 'ivr-call',
        direction: outbound ? 'outbound' : 'inbound',
        agentId: agent,
        customerNumber: known ? customer.phone : `+1628${String(5_000_000 + sessions)}`,
        platformNumber: '+18005550100',
        language: 'en',
        queue: { id: `q${below(4)}`, path: ['Support'] },
        customer: chat ? { phone: customer.phone, name: 'A customer', authenticated: false } : undefined,
        association: outbound
          ? { contact: { id: String(customer.id) }, ticket: 'new', enteredNumber: false }
          : undefined,
      };
      add(0, outbound ? { type: 'session.created', session, key: id } : { type: 'session.assigned', session, agent });
      if (chance(0.1)) add(500, { type: 'api.responded', name: 'orders', data: { order: 'A-1' } });
      add(2000, { type: 'session.connected' });
      if (chance(0.12)) add(8000, { type: 'custom-data.received', data: { order: 'A-1', tier: 'gold' } });
      if (chance(0.06))
        add(talk / 2, { type: 'smart-action.completed', kind: 'photo', results: { photos: 1 }, attachments: [] });
      if (chance(0.03)) {
        const participant = { id: 'p', kind: 'outside' as const, label: 'Workshop', held: false };
        add(talk / 2, { type: 'session.participant-joined', participant });
        add(talk - 5000, { type: 'session.participant-left', participant });
      }
      if (chance(0.12)) {
        const target = { kind: 'agent' as const, id: String(101 + below(agents)), label: 'A colleague' };
        add(talk - 3000, { type: 'transfer.finished', target, mode: 'cold' });
      }
      if (ofActs() < 0.02) acts.push({ agent, after: begin + talk / 3, sessionId: id, act: 'merge' });
      if (ofActs() < 1 / 7) acts.push({ agent, after: begin + talk / 2, sessionId: id, act: 'open details' });
      const seconds = Math.round(talk / 1000);
      const durations = { total: seconds + 10, talk: seconds, hold: 0, wait: 10 };
      add(talk, { type: 'session.ended', endedBy: 'customer', durations });
      add(talk + 25_000, { type: 'disposition.submitted', agent, notes: 'Solved.', codes: ['solved'] });
      add(talk + 26_000, { type: 'session.closed' });
      if (!chat)
        add(talk + 40_000, {
          type: 'recording.ready',
          recording: {
            url: `https://r.example/${id}`,
            startedAt: '2026-03-02T09:00:00.000Z',
            durationSeconds: seconds,
            part: 1,
            parts: 1,
          },
        });
      if (chance(0.1)) add(talk + 60 * minute, { type: 'rating.received', score: 5 });
    }
  }
  const inOrder = (one: { after: number }, other: { after: number }) => one.after - other.after;
  return { events: events.sort(inOrder), acts: acts.sort(inOrder), sessions, customers };
}
