import type { DialPlan } from '../domain/dial.js';
import type { Durations, Recording } from '../domain/session.js';
import type { ActiveSession } from '../telephony/telephony.js';
import type { Step } from './call-scripts.js';

/** A step and the moment in which it falls due, in milliseconds. */
export interface DueStep {
  at: number;
  step: Step;
}

/** A session of the embedded platform, as JSON: what it is now, and what is still to happen. */
export interface SimulatedCall {
  key: string;
  session: ActiveSession;
  /** Whether the plan lets it be recorded. */
  record: boolean;
  createdAt: number;
  connectedAt?: number;
  endedAt?: number;
  due: DueStep[];
}

/** A call that `plan` asks for, at its beginning. */
export function newCall(id: string, plan: DialPlan, agentId: string, now: number): SimulatedCall {
  const { key, number, extension, outboundNumber, language, association, record, parentId } = plan;
  const session: ActiveSession = {
    id,
    ...(parentId !== undefined && { parentId }),
    channel: 'outbound-call',
    direction: 'outbound',
    agentId,
    customerNumber: number,
    ...(extension !== undefined && { extension }),
    platformNumber: outboundNumber,
    language,
    association,
    phase: 'connecting',
    since: new Date(now).toISOString(),
    muted: false,
    held: false,
    recordingPaused: false,
    participants: [{ id: 'customer', kind: 'customer', label: number, held: false }],
  };
  return { key, session, record, createdAt: now, due: [] };
}

/** Puts steps in the place of what was still to happen. */
export function schedule(call: SimulatedCall, steps: readonly Step[], now: number): void {
  let at = now;
  call.due = steps.map((step) => ({ at: (at += step.after), step }));
}

/** In whole seconds that add up: wait, talk and hold make the total. */
export function durationsOf({ createdAt, connectedAt, endedAt = createdAt }: SimulatedCall): Durations {
  const total = Math.floor((endedAt - createdAt) / 1000);
  const wait = connectedAt === undefined ? total : Math.floor((connectedAt - createdAt) / 1000);
  return { total, talk: total - wait, hold: 0, wait };
}

/** What was recorded while it was connected. */
export function recordingOf({ session, connectedAt = 0, endedAt = connectedAt }: SimulatedCall): Recording {
  return {
    url: `https://recordings.example/${session.id}.mp3`,
    startedAt: new Date(connectedAt).toISOString(),
    durationSeconds: Math.floor((endedAt - connectedAt) / 1000),
    part: 1,
    parts: 1,
    ...(session.platformNumber !== undefined && { from: session.platformNumber }),
    ...(session.customerNumber !== undefined && { to: session.customerNumber }),
  };
}
