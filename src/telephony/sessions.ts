import type { DialPlan } from '../domain/dial.js';
import type { Durations, Session } from '../domain/session.js';
import type { ActiveSession } from './telephony.js';

/** Copies a session without its current state (phase, muted, …), because events carry sessions in this form. */
export function plainSession(active: Session | ActiveSession): Session {
  const {
    phase: _p,
    since: _s,
    connectedAt: _c,
    muted: _m,
    held: _h,
    recordingPaused: _r,
    participants: _q,
    ...session
  } = active as ActiveSession;
  return structuredClone(session);
}

/** Makes the session of a dial plan. */
export function plannedSession(id: string, plan: DialPlan, agentId: string): Session {
  const { number, extension, outboundNumber, language, association, parentId } = plan;
  return {
    id,
    parentId,
    channel: 'outbound-call',
    direction: 'outbound',
    agentId,
    customerNumber: number,
    extension,
    platformNumber: outboundNumber,
    language,
    association,
  };
}

/** Adds the current state to a session that begins. Its only participant is the customer. */
export function activeSession(session: Session, phase: ActiveSession['phase'], now: number): ActiveSession {
  const label = session.customer?.name ?? session.customerNumber ?? '';
  return {
    ...session,
    phase,
    since: new Date(now).toISOString(),
    muted: false,
    held: false,
    recordingPaused: false,
    participants: [{ id: 'customer', kind: 'customer', label, held: false }],
  };
}

/** A stopwatch. */
export interface Stopwatch {
  /** Milliseconds of the runs that have ended. */
  sum: number;
  /** When the current run began, in milliseconds since the epoch. Undefined while the stopwatch stands. */
  since?: number;
}

/** Milliseconds of all runs. */
export const elapsed = ({ sum, since }: Stopwatch, now: number): number =>
  sum + (since === undefined ? 0 : Math.max(0, now - since));

/** Starts or stops a stopwatch. */
export function startOrStop(stopwatch: Stopwatch, on: boolean, now: number): Stopwatch {
  const sum = elapsed(stopwatch, now);
  return on ? { sum, since: now } : { sum };
}

/** Durations in whole seconds. Wait, talk and hold add up to the total. */
export function durationsOf({
  createdAt,
  connectedAt,
  endedAt = createdAt,
  held,
}: {
  createdAt: number;
  connectedAt?: number;
  endedAt?: number;
  held: Stopwatch;
}): Durations {
  const seconds = (milliseconds: number): number => Math.max(0, Math.floor(milliseconds / 1000));
  const total = seconds(endedAt - createdAt);
  const wait = connectedAt === undefined ? total : seconds(connectedAt - createdAt);
  const hold = Math.min(total - wait, seconds(elapsed(held, endedAt)));
  return { total, talk: total - wait - hold, hold, wait };
}
