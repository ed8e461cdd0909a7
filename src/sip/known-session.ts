import type { Session } from '../domain/session.js';
import type { ActiveSession } from '../telephony/telephony.js';
import { begun, type Stretch } from '../telephony/sessions.js';

/** Names a dialog, for an INVITE that takes its place (RFC 3891). */
export interface DialogName {
  callId: string;
  localTag: string;
  remoteTag: string;
  /** The user part of the other side's address. */
  peer: string;
}

/** Where a session is: `elsewhere` after a transfer. */
export type Place = 'offered' | 'on' | 'wrap-up' | 'elsewhere' | 'over';

/** What is known of a session, as JSON. */
export interface KnownSession {
  /** Of the dial that made it. */
  key?: string;
  session: ActiveSession;
  place: Place;
  /** Plan and rules let it be recorded. */
  record: boolean;
  createdAt: number;
  connectedAt?: number;
  endedAt?: number;
  failReason?: string;
  held: Stretch;
  missed: boolean;
  /** It is not offered again. */
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
