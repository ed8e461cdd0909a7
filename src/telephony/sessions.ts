import type { DialPlan } from '../domain/dial.js';
import type { Durations, Session } from '../domain/session.js';
import type { ActiveSession } from './telephony.js';

/** A copy of the session without its momentary state, as events carry it. */
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

/** The session of a dial plan. */
export function plannedSession(id: string, plan: DialPlan, agentId: string): Session {
  const { number, extension, outboundNumber, language, association, parentId } = plan;
  return {
    id,
    ...(parentId !== undefined && { parentId }),
    channel: 'outbound-call',
    direction: 'outbound',
    agentId,
    customerNumber: number,
    ...(extension !== undefined && { extension }),
    platformNumber: outboundNumber,
    ...(language !== undefined && { language }),
    association,
  };
}

/** A session in its first phase, with the customer as its participant. */
export function begun(session: Session, phase: ActiveSession['phase'], now: number): ActiveSession {
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

/** A stopwatch, in milliseconds. `since`: the start of the current run, while it runs. */
export interface Stretch {
  sum: number;
  since?: number;
}

export const totalOf = ({ sum, since }: Stretch, now: number): number =>
  sum + (since === undefined ? 0 : Math.max(0, now - since));

/** Starts or stops a stopwatch. */
export function turn(stretch: Stretch, on: boolean, now: number): Stretch {
  const sum = totalOf(stretch, now);
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
  held: Stretch;
}): Durations {
  const seconds = (milliseconds: number): number => Math.max(0, Math.floor(milliseconds / 1000));
  const total = seconds(endedAt - createdAt);
  const wait = connectedAt === undefined ? total : seconds(connectedAt - createdAt);
  const hold = Math.min(total - wait, seconds(totalOf(held, endedAt)));
  return { total, talk: total - wait - hold, hold, wait };
}
