import type { DialPlan } from '../../domain/dial.js';
import { isChat, isWithoutTicket, type Session } from '../../domain/session.js';
import type { Iso } from '../../domain/contact.js';
import { own } from '../../domain/own.js';
import type { Call, LeaderState } from './leader-state.js';
import type { SessionEvent } from '../../telephony/platform-event.js';
import { isHandedOver, isLeft, type SessionInput } from '../session/session-context.js';

/** The leader's state without the sessions, which are actors. */
export type LeaderContext = Omit<LeaderState, 'sessions'> & { agentId: string };

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

/** Ends a session. Counts a call, and makes it the last call, unless the call gets no ticket (S4). */
export function sessionEnded(context: LeaderContext, sessionId: string, now: Iso): Partial<LeaderContext> {
  const { calls, callsToday, lastCall } = context;
  const call = own(calls, sessionId)!;
  const { open: _o, ...over } = call;
  const ended = { calls: { ...calls, [sessionId]: { ...over, on: false } } };
  if (call.hidden || call.chat) return ended;
  const who = { ...(call.name ? { name: call.name } : {}), ...(call.number ? { number: call.number } : {}) };
  // R29: a call with a colleague is not the last call.
  const last = call.internal ? lastCall : { sessionId, ...who, at: now };
  return { ...ended, callsToday: callsToday + 1, ...(last ? { lastCall: last } : {}) };
}

/** The changes that a platform event makes to the leader's `calls` and to the day's counts. */
export function callAfter(context: LeaderContext, event: SessionEvent, now: Iso): Partial<LeaderContext> {
  const { sessionId, type } = event;
  const call = own(context.calls, sessionId);
  if (!call) return {};
  const { open, ...plain } = call;
  const becomes = (one: Call) => ({ calls: { ...context.calls, [sessionId]: one } });
  switch (type) {
    case 'session.offered':
      return call.on ? {} : becomes({ ...plain, open: 'offered' });
    case 'session.assigned':
      if (event.agent === context.agentId && open === 'offered') return becomes({ ...plain, on: true });
      if (call.on && isLeft(event, context.agentId)) return sessionEnded(context, sessionId, now);
      break;
    case 'session.participant-left':
      if (call.on && isLeft(event, context.agentId)) return sessionEnded(context, sessionId, now);
      break;
    case 'session.connected':
      if (open === 'offered') return becomes({ ...plain, on: true });
      break;
    case 'session.wrap-up':
      if (call.closed) return {};
      return {
        ...(call.on ? sessionEnded(context, sessionId, now) : {}),
        ...becomes({ ...plain, on: false, open: 'wrap-up' }),
      };
    case 'session.missed':
    case 'session.withdrawn':
    case 'session.abandoned':
      if (open === 'offered') return becomes(plain);
      break;
    case 'transfer.finished':
      if (call.on && isHandedOver(event, { agentId: context.agentId })) return sessionEnded(context, sessionId, now);
      break;
    case 'session.ended':
      if (call.on) return sessionEnded(context, sessionId, now);
      break;
    case 'session.closed':
      return {
        ...(call.on ? sessionEnded(context, sessionId, now) : {}),
        ...becomes({ ...plain, on: false, closed: true }),
      };
  }
  return {};
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
    on: phase !== 'ended' && phase !== 'wrap-up' && phase !== 'offered',
    ...(phase === 'offered' || phase === 'wrap-up' ? { open: phase } : {}),
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

/** The urgency of a session, highest first: a call, a ringing session, a chat, a session that is over. */
const urgency = ({ on, chat, open }: Call): number => (on && !chat ? 3 : open === 'offered' ? 2 : on ? 1 : 0);

/** Drops the sessions that are over and need nothing more, except for the session on screen. */
function withoutEnded(calls: LeaderState['calls'], shown: string) {
  const dropped = Object.keys(calls).filter((id) => id !== shown && !own(calls, id)!.on && !own(calls, id)!.open);
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
