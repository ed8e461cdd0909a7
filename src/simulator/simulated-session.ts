import type { Recording, Session } from '../domain/session.js';
import type { ActiveSession, TransferTarget } from '../telephony/telephony.js';
import type { Conduct } from './caller.js';
import type { Due } from './steps.js';
import { begun, totalOf, type Stretch } from '../telephony/sessions.js';

/** Where a session is: with the agent from its offer to its end; `elsewhere`: with a colleague or an outside line. */
export type Place = 'queue' | 'agent' | 'elsewhere' | 'wrap-up' | 'over';

/** A transfer that has begun and is not over. */
export interface OpenTransfer {
  target: TransferTarget;
  mode: 'warm' | 'cold';
  /** The colleague who has answered. */
  agent?: string;
  joined: boolean;
  /** The customer was put on hold for it. */
  heldForIt: boolean;
}

/** A session of the embedded platform, as JSON: what it is now, and what is still to happen. */
export interface SimulatedSession {
  /** Of the dial that made it. */
  key?: string;
  session: ActiveSession;
  place: Place;
  conduct: Conduct;
  /** Whether rules and plan let it be recorded. */
  record: boolean;
  createdAt: number;
  connectedAt?: number;
  endedAt?: number;
  failReason?: string;
  held: Stretch;
  /** While the recording is paused. */
  unrecorded: Stretch;
  transfer?: OpenTransfer;
  /** It was offered to the agent, or was theirs. */
  seen: boolean;
  /** It was theirs, and a colleague or a queue has it since. */
  handedOn?: true;
  missed: boolean;
  /** It is not offered again. */
  declined: boolean;
  unread: number;
  digits: string;
  rating?: number;
  /** The wrap-up took longer than the rules give it. */
  exceeded?: boolean;
  due: Due[];
}

export const isChat = ({ session: { channel } }: SimulatedSession): boolean => channel.endsWith('-chat');

/** The agent has it: a call that is on, or a chat. */
export const isTaken = ({ place, session: { phase } }: SimulatedSession): boolean =>
  place === 'agent' && phase !== 'offered';

/** A session at its beginning. */
export function newSession(
  session: Session,
  now: number,
  more: Pick<SimulatedSession, 'place' | 'conduct' | 'record'> & { key?: string; phase: ActiveSession['phase'] },
): SimulatedSession {
  const { phase, key, ...rest } = more;
  return {
    ...(key !== undefined && { key }),
    session: begun(session, phase, now),
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

/** A part of what was recorded while it was connected. */
export function recordingOf(
  { session, connectedAt = 0, endedAt = connectedAt, unrecorded }: SimulatedSession,
  part: number,
  parts: number,
): Recording {
  const milliseconds = (endedAt - connectedAt - totalOf(unrecorded, endedAt)) / parts;
  return {
    url: `https://recordings.example/${session.id}${parts > 1 ? `-part-${part}` : ''}.mp3`,
    startedAt: new Date(connectedAt + (part - 1) * milliseconds).toISOString(),
    durationSeconds: Math.floor(milliseconds / 1000),
    part,
    parts,
    ...fromTo(session),
  };
}

/** Who spoke to whom. */
export function fromTo({ direction, customerNumber, platformNumber }: Session): Pick<Recording, 'from' | 'to'> {
  const [from, to] = direction === 'outbound' ? [platformNumber, customerNumber] : [customerNumber, platformNumber];
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}
