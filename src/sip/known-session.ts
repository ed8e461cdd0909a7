import type { Durations, Session } from '../domain/session.js';
import type { ActiveSession } from '../telephony/telephony.js';

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
  /** Milliseconds on hold, and since when it is. */
  held: { sum: number; since?: number };
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
  const label = session.customer?.name ?? session.customerNumber ?? '';
  return {
    ...rest,
    session: {
      ...session,
      phase,
      since: new Date(now).toISOString(),
      muted: false,
      held: false,
      recordingPaused: false,
      participants: [{ id: 'customer', kind: 'customer', label, held: false }],
    },
    createdAt: now,
    held: { sum: 0 },
    missed: false,
  };
}

/** What events carry of it. */
export function plain(active: ActiveSession): Session {
  const {
    phase: _p,
    since: _s,
    connectedAt: _c,
    muted: _m,
    held: _h,
    recordingPaused: _r,
    participants: _q,
    ...session
  } = active;
  return structuredClone(session);
}

/** Starts or stops the time on hold. */
export function turnHold(one: KnownSession, on: boolean, now: number): void {
  const { sum, since } = one.held;
  const added = since === undefined ? 0 : Math.max(0, now - since);
  one.held = { sum: sum + added, ...(on && { since: now }) };
}

/** In whole seconds that add up: wait, talk and hold make the total. */
export function durationsOf({ createdAt, connectedAt, endedAt = createdAt, held }: KnownSession): Durations {
  const seconds = (milliseconds: number): number => Math.max(0, Math.floor(milliseconds / 1000));
  const total = seconds(endedAt - createdAt);
  const wait = connectedAt === undefined ? total : seconds(connectedAt - createdAt);
  const hold = Math.min(total - wait, seconds(held.sum + (held.since === undefined ? 0 : endedAt - held.since)));
  return { total, talk: total - wait - hold, hold, wait };
}
