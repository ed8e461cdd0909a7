import type { DialPlan } from '../domain/dial.js';
import { isChat, type Session } from '../domain/session.js';
import type { Iso } from '../domain/contact.js';
import type { Call, LineState } from './line-state.js';
import type { SessionInput } from './session-machine.js';

/** What the line's statechart knows beside its sessions, which are actors of their own. */
export type LineContext = Omit<LineState, 'sessions'> & { agentId: string };

export const sessionActor = (sessionId: string): `session:${string}` => `session:${sessionId}`;

/** What is known of a call that the platform has taken on, before it has said so in an event. */
export function sessionOf(sessionId: string, plan: DialPlan, agentId: string): Session {
  return {
    id: sessionId,
    channel: 'outbound-call',
    direction: 'outbound',
    agentId,
    customerNumber: plan.number,
    platformNumber: plan.outboundNumber,
    language: plan.language,
    association: plan.association,
    ...(plan.extension ? { extension: plan.extension } : {}),
    ...(plan.parentId ? { parentId: plan.parentId } : {}),
  };
}

/** S4: a call without a ticket is not counted, and not named afterwards. */
export function sessionEnded(context: LineContext, sessionId: string, now: Iso): Partial<LineContext> {
  const { calls, callsToday, lastCall } = context;
  const call = calls[sessionId]!;
  const ended = { calls: { ...calls, [sessionId]: { ...call, on: false } } };
  if (call.hidden || call.chat) return ended;
  return { ...ended, callsToday: callsToday + 1, lastCall: call.name ? { name: call.name, at: now } : lastCall };
}

/** What an action may ask for, of xstate's `enqueue`. */
interface Enqueue {
  assign(patch: Partial<LineContext>): void;
  spawnChild(src: 'session', options: { id: `session:${string}`; input: SessionInput }): void;
  stopChild(id: `session:${string}`): void;
}

/** Spawns the session's actor once. It is put on screen, unless a call is on already (a chat that comes meanwhile waits). */
export function takeSession(
  enqueue: Enqueue,
  { sessionId: shown, calls }: LineContext,
  { name, ...input }: SessionInput & { name?: string },
): void {
  const { session, phase } = input;
  const { id, association, customer } = session;
  if (!calls[id]) enqueue.spawnChild('session', { id: sessionActor(id), input });
  const known = name ?? customer?.name;
  const call: Call = calls[id] ?? {
    on: phase !== 'ended' && phase !== 'wrap-up',
    hidden: association?.ticket === 'none',
    ...(known ? { name: known } : {}),
    ...(isChat(session) ? { chat: true } : {}),
  };
  const stays = shown !== undefined && shown !== id && calls[shown]!.on && isChat(session);
  const kept = { ...calls, [id]: call };
  const { calls: left, dropped } = withoutEnded(kept, stays ? shown : id);
  for (const gone of dropped) enqueue.stopChild(sessionActor(gone));
  enqueue.assign({ sessionId: stays ? shown : id, calls: left });
}

/** Of the sessions that have ended, only the one on screen stays. */
function withoutEnded(calls: LineState['calls'], shown: string) {
  const dropped = Object.keys(calls).filter((id) => id !== shown && !calls[id]!.on);
  const left = Object.fromEntries(Object.entries(calls).filter(([id]) => !dropped.includes(id)));
  return { calls: left, dropped };
}

/** The session on screen is put away; the next one that is on takes its place. */
export function dismissSession(enqueue: Enqueue, { sessionId, calls }: LineContext): void {
  const left = Object.fromEntries(Object.entries(calls).filter(([id]) => id !== sessionId));
  enqueue.stopChild(sessionActor(sessionId!));
  enqueue.assign({ sessionId: Object.keys(left).at(-1), calls: left });
}
