import type { Iso } from '../domain/contact.js';
import type { DialPlan } from '../domain/dial.js';
import type { Session } from '../domain/session.js';
import type { AgentContext } from './agent-context.js';
import type { SessionInput } from './session-machine.js';

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
export function callEnded(
  { calls, callsToday, lastCall }: AgentContext,
  sessionId: string,
  now: Iso,
): Partial<AgentContext> {
  const call = calls[sessionId]!;
  const ended = { calls: { ...calls, [sessionId]: { ...call, on: false } } };
  if (call.hidden) return ended;
  return { ...ended, callsToday: callsToday + 1, lastCall: call.name ? { name: call.name, at: now } : lastCall };
}

/** What an action may ask for, of xstate's `enqueue`. */
interface Enqueue {
  assign(patch: Partial<AgentContext>): void;
  spawnChild(src: 'session', options: { id: `session:${string}`; input: SessionInput }): void;
  stopChild(id: `session:${string}`): void;
}

/** Spawns the session's actor once, and puts it on screen. One call at a time: the one before has ended. */
export function takeSession(
  enqueue: Enqueue,
  { sessionId: shown, calls }: Pick<AgentContext, 'sessionId' | 'calls'>,
  { name, ...input }: SessionInput & { name?: string },
): void {
  const { id, association } = input.session;
  const others = { ...calls };
  if (shown && shown !== id) {
    delete others[shown];
    enqueue.stopChild(sessionActor(shown));
  }
  if (!calls[id]) enqueue.spawnChild('session', { id: sessionActor(id), input });
  const on = input.phase !== 'ended' && input.phase !== 'wrap-up';
  const call = calls[id] ?? { on, hidden: association?.ticket === 'none', ...(name ? { name } : {}) };
  enqueue.assign({ sessionId: id, calls: { ...others, [id]: call } });
}
