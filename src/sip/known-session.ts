import type { Session } from '../domain/session.js';
import type { ActiveSession } from '../telephony/telephony.js';
import { begun, type Stretch } from '../telephony/sessions.js';

/** Identifies a SIP dialog, for an INVITE that replaces it (RFC 3891). */
export interface DialogName {
  callId: string;
  localTag: string;
  remoteTag: string;
  /** The user part of the other side's address. */
  peer: string;
}

/** Where a session is. `on` is with the agent; `elsewhere` is after a transfer. */
export type Place = 'offered' | 'on' | 'wrap-up' | 'elsewhere' | 'over';

/** A session as this browser knows it. It is JSON, and is stored: its names do not change. */
export interface KnownSession {
  /** The key of the dial plan that made it. */
  key?: string;
  session: ActiveSession;
  place: Place;
  /** Whether plan and rules allow a recording. */
  record: boolean;
  createdAt: number;
  connectedAt?: number;
  endedAt?: number;
  failReason?: string;
  held: Stretch;
  missed: boolean;
  /** Whether the agent declined it, so that it is not offered again. */
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
    session: begun(session, phase, now),
    createdAt: now,
    held: { sum: 0 },
    missed: false,
  };
}
