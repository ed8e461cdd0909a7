import type { Session } from '../domain/session.js';
import type { ActiveSession } from '../telephony/telephony.js';
import { activeSession, type Stopwatch } from '../telephony/sessions.js';

/** The parts of a SIP dialog's id that an INVITE with Replaces needs (RFC 3891). */
export interface DialogName {
  callId: string;
  localTag: string;
  remoteTag: string;
  /** The user part of the other side's address. */
  peer: string;
}

/** Where a session is. `on`: with the agent. `elsewhere`: transferred away. `over`: its wrap-up has ended too. */
export type Place = 'offered' | 'on' | 'wrap-up' | 'elsewhere' | 'over';

/** A session as this browser knows it. It is stored as JSON, so the names of its fields do not change. */
export interface KnownSession {
  /** The key of the session's dial plan. */
  key?: string;
  session: ActiveSession;
  place: Place;
  /** Whether plan and rules allow a recording. */
  record: boolean;
  createdAt: number;
  connectedAt?: number;
  endedAt?: number;
  failReason?: string;
  held: Stopwatch;
  missed: boolean;
  /** Whether the agent declined the session, so that it is not offered again. */
  declined?: boolean;
  wrapUp?: { until: number; exceeded: boolean };
  dialog?: DialogName;
}

export function newSession(
  session: Session,
  now: number,
  more: Pick<KnownSession, 'place' | 'record' | 'key'> & { phase: ActiveSession['phase'] },
): KnownSession {
  const { phase, ...rest } = more;
  return {
    ...rest,
    session: activeSession(session, phase, now),
    createdAt: now,
    held: { sum: 0 },
    missed: false,
  };
}
