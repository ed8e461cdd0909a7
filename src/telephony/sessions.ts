import type { DialPlan } from '../domain/dial.js';
import type { Durations, Session } from '../domain/session.js';
import type { ActiveSession } from './telephony.js';

/** The session without what is only true of the moment, as events carry it: a copy. */
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

/** The session that `plan` asks for. */
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

/** What is true of a session at its beginning. */
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

/** Time that adds up, in milliseconds; `since` while it runs. */
export interface Stretch {
  sum: number;
  since?: number;
}

export const totalOf = ({ sum, since }: Stretch, now: number): number =>
  sum + (since === undefined ? 0 : Math.max(0, now - since));

/** Starts or stops the time that adds up. */
export function turn(stretch: Stretch, on: boolean, now: number): Stretch {
  const sum = totalOf(stretch, now);
  return on ? { sum, since: now } : { sum };
}

/** In whole seconds that add up: wait, talk and hold make the total. */
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
