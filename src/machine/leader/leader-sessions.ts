import type { DialPlan } from '../../domain/dial.js';
import { isChat, isWithoutTicket, type Session } from '../../domain/session.js';
import type { Iso } from '../../domain/contact.js';
import { own } from '../../domain/own.js';
import type { Call, LeaderState } from './leader-state.js';
import type { SessionInput, SessionWork } from '../session/session-context.js';

/** The leader's state without the sessions, which are actors. */
export type LeaderContext = Omit<LeaderState, 'sessions'> & {
  agentId: string;
  /** When the desktop took the last platform event. */
  now: Iso;
};

export const sessionActor = (sessionId: string): `session:${string}` => `session:${sessionId}`;

/** The session of a call that the platform has created, until the platform's event brings the session. */
export function sessionOf(sessionId: string, plan: DialPlan, agentId: string): Session {
  return {
    id: sessionId,
    channel: 'outbound-call',
    direction: 'outbound',
    agentId,
    customerNumber: plan.number,
    platformNumber: plan.outboundNumber,
    association: plan.association,
    ...(plan.language === undefined ? {} : { language: plan.language }),
    ...(plan.extension ? { extension: plan.extension } : {}),
    ...(plan.parentId ? { parentId: plan.parentId } : {}),
  };
}

/**
 * Takes up what a session's statechart reports. A call that ends is counted and becomes the last call, unless it gets
 * no ticket (S4).
 */
export function sessionReports(context: LeaderContext, sessionId: string, work: SessionWork): Partial<LeaderContext> {
  const { calls, callsToday, lastCall, now } = context;
  const call = own(calls, sessionId)!;
  if (call.work === work) return {};
  const changed = { calls: { ...calls, [sessionId]: { ...call, work } } };
  if (call.work !== 'on' || call.hidden || call.chat) return changed;
  const who = { ...(call.name ? { name: call.name } : {}), ...(call.number ? { number: call.number } : {}) };
  // R29: a call with a colleague is not the last call.
  const last = call.internal ? lastCall : { sessionId, ...who, at: now };
  return { ...changed, callsToday: callsToday + 1, ...(last ? { lastCall: last } : {}) };
}

/** The parts of XState's `enqueue` that the actions use. */
interface Enqueue {
  assign(patch: Partial<LeaderContext>): void;
  spawnChild(src: 'session', options: { id: `session:${string}`; input: SessionInput }): void;
  stopChild(id: `session:${string}`): void;
}

/** Spawns the session's actor once. Shows the session, unless the session on screen is at least as urgent. */
export function takeSession(
  enqueue: Enqueue,
  { sessionId: shown, calls }: LeaderContext,
  { name, ...input }: SessionInput & { name?: string },
): void {
  const { session, phase } = input;
  const { id, customer, customerNumber, channel } = session;
  if (!own(calls, id)) enqueue.spawnChild('session', { id: sessionActor(id), input });
  const known = name ?? customer?.name;
  const call: Call = own(calls, id) ?? {
    work: workAtStart(phase),
    hidden: isWithoutTicket(session),
    ...(known ? { name: known } : {}),
    ...(customerNumber ? { number: customerNumber } : {}),
    ...(isChat(session) ? { chat: true } : {}),
    ...(channel === 'internal-call' ? { internal: true } : {}),
  };
  const before = shown === undefined || shown === id ? undefined : own(calls, shown)!;
  const stays = before !== undefined && urgency(before) >= urgency(call);
  const onScreen = stays ? shown! : id;
  const kept = { ...calls, [id]: call };
  const { calls: left, dropped } = withoutEnded(kept, onScreen);
  for (const gone of dropped) enqueue.stopChild(sessionActor(gone));
  enqueue.assign({ sessionId: onScreen, calls: left });
}

/** The work with a session before its statechart has reported. */
const workAtStart = (phase: SessionInput['phase']): SessionWork => {
  if (phase === 'offered' || phase === 'wrap-up') return phase;
  return phase === 'ended' ? 'over' : 'on';
};

/** The urgency of a session, highest first: a call, a ringing session, a chat, a session that is over. */
const urgency = ({ work, chat }: Call): number => {
  if (work === 'on') return chat ? 1 : 3;
  return work === 'offered' ? 2 : 0;
};

/** Drops the sessions that are over and need nothing more, except for the session on screen. */
function withoutEnded(calls: LeaderState['calls'], shown: string) {
  const dropped = Object.keys(calls).filter((id) => id !== shown && own(calls, id)!.work === 'over');
  const left = Object.fromEntries(Object.entries(calls).filter(([id]) => !dropped.includes(id)));
  return { calls: left, dropped };
}

/** Removes a session. If it was on screen, the most urgent other session takes its place. */
export function dismissSession(enqueue: Enqueue, { sessionId: shown, calls }: LeaderContext, sessionId: string): void {
  const { [sessionId]: _gone, ...left } = calls;
  enqueue.stopChild(sessionActor(sessionId));
  const next = Object.keys(left).sort((one, other) => urgency(own(left, one)!) - urgency(own(left, other)!));
  enqueue.assign({ sessionId: shown === sessionId ? next.at(-1) : shown, calls: left });
}
