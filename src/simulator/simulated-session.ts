import type { ChatMessage, Recording, Session } from '../domain/session.js';
import type { ActiveSession, TransferTarget } from '../telephony/telephony.js';
import type { Conduct } from './caller.js';
import type { Due } from './steps.js';
import { activeSession, elapsed, type Stopwatch } from '../telephony/sessions.js';

/**
 * Where a session is. `agent`: with the agent, from the offer to the end. `elsewhere`: with a colleague, in another
 * queue or with an outside number. `over`: its wrap-up has ended too.
 */
export type Place = 'queue' | 'agent' | 'elsewhere' | 'wrap-up' | 'over';

/** A transfer in progress. */
export interface OpenTransfer {
  target: TransferTarget;
  mode: 'warm' | 'cold';
  /** The id of the colleague who answered. */
  agent?: string;
  /** Whether the target has answered the consultation. */
  joined: boolean;
  /** Whether the transfer put the customer on hold. */
  heldForIt: boolean;
}

/**
 * A session of the embedded platform with its scheduled acts. It is stored as JSON, so the names of its fields do not
 * change.
 */
export interface SimulatedSession {
  /** The key of the session's dial plan. */
  key?: string;
  session: ActiveSession;
  place: Place;
  conduct: Conduct;
  /** Whether rules and plan allow a recording. */
  record: boolean;
  createdAt: number;
  connectedAt?: number;
  endedAt?: number;
  failReason?: string;
  held: Stopwatch;
  /** Time in which the recording was paused. */
  unrecorded: Stopwatch;
  transfer?: OpenTransfer;
  /** Whether it was ever offered or assigned to the agent. */
  seen: boolean;
  /** Set when the agent has handed it on to a colleague, a queue or an outside number. */
  handedOn?: true;
  missed: boolean;
  /** Whether it is not offered again. */
  declined: boolean;
  unread: number;
  /** A15: the conversation, the oldest message first. */
  messages?: ChatMessage[];
  /** A15: whether the customer has left the chat's page. */
  away?: boolean;
  digits: string;
  rating?: number;
  /** Whether the wrap-up took longer than the rules allow. */
  exceeded?: boolean;
  due: Due[];
}

export const isChatSession = ({ session: { channel } }: SimulatedSession): boolean => channel.endsWith('-chat');

/** Whether the agent has accepted or dialled the session and it has not ended. */
export const isTaken = ({ place, session: { phase } }: SimulatedSession): boolean =>
  place === 'agent' && phase !== 'offered';

export function newSession(
  session: Session,
  now: number,
  more: Pick<SimulatedSession, 'place' | 'conduct' | 'record'> & { key?: string; phase: ActiveSession['phase'] },
): SimulatedSession {
  const { phase, ...rest } = more;
  return {
    session: activeSession(session, phase, now),
    ...rest,
    createdAt: now,
    held: { sum: 0 },
    unrecorded: { sum: 0 },
    seen: rest.place === 'agent',
    missed: false,
    declined: false,
    unread: 0,
    digits: '',
    due: [],
  };
}

/** One part of the session's recording, which covers the time of its connection. */
export function recordingOf(
  { session, connectedAt = 0, endedAt = connectedAt, unrecorded }: SimulatedSession,
  part: number,
  parts: number,
): Recording {
  const milliseconds = (endedAt - connectedAt - elapsed(unrecorded, endedAt)) / parts;
  return {
    url: `https://recordings.example/${session.id}${parts > 1 ? `-part-${part}` : ''}.mp3`,
    startedAt: new Date(connectedAt + (part - 1) * milliseconds).toISOString(),
    durationSeconds: Math.floor(milliseconds / 1000),
    part,
    parts,
    ...fromTo(session),
  };
}

/** The caller's and the callee's number. */
export function fromTo({ direction, customerNumber, platformNumber }: Session): Pick<Recording, 'from' | 'to'> {
  const [from, to] = direction === 'outbound' ? [platformNumber, customerNumber] : [customerNumber, platformNumber];
  return { from, to };
}
