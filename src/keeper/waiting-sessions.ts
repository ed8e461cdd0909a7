import { isChat, type Session } from '../domain/session.js';
import type { HeldSession } from '../domain/record-fact.js';
import type { SessionEvent } from '../telephony/platform-event.js';
import { mostMisses } from './resolve-session.js';
import { roleOf } from './event-roles.js';
import { isHandedOver, isHandOver, isStartless, isWorthKeeping, type Lane } from './session-entry.js';

const isStart = (event: SessionEvent): boolean => roleOf(event) === 'introduces';

/** Whether only the platform can say what the waiting events belong to. */
export function isUnresolved(lane: Lane): boolean {
  if (lane.known?.recorded || lane.waiting.length === 0) return false;
  if (lane.asked) return isHandedOver(lane);
  // A start that waits has its own reason; a call that was missed ends without a ticket.
  return !lane.waiting.some(isStart) && !isStartless(lane);
}

/** B5: as the agent sees it. */
function heldSession(lane: Lane): HeldSession | undefined {
  const { sessionId, known, waiting } = lane;
  const held = lane.held ?? (isUnresolved(lane) ? lane.unclear : undefined);
  const session = known?.session ?? waiting.map((event) => (event as { session?: Session }).session).find(Boolean);
  const number = session?.customerNumber;
  return held && { sessionId, ...held, ...(number ? { number } : {}), chat: session !== undefined && isChat(session) };
}

/** B5: what is held, each time that it changes. */
export class HeldNews {
  readonly #tell: (held: readonly HeldSession[]) => void;
  #told = '[]';

  constructor(tell: (held: readonly HeldSession[]) => void = () => undefined) {
    this.#tell = tell;
  }

  tell(lanes: readonly Lane[]): void {
    const held = lanes.flatMap((lane) => heldSession(lane) ?? []);
    const text = JSON.stringify(held);
    if (text === this.#told) return;
    this.#told = text;
    this.#tell(held);
  }
}

const keptUnknown = 50;
const keptClosed = 50;

/** Whether there is nothing to lose, or everybody was asked often enough: of a burst, nothing is given up unasked. */
const isHopeless = (lane: Lane): boolean => lane.vain >= mostMisses || lane.waiting.length === 0 || isStartless(lane);

/** Of sessions that never introduce themselves, and of those that are over, only the last few are held. */
export function surplusOf(lanes: readonly Lane[]): { unknown: readonly Lane[]; over: readonly Lane[] } {
  const unknown = lanes.filter((lane) => !lane.known?.recorded && !lane.waiting.some(isStart) && isHopeless(lane));
  const over = lanes.filter((lane) => lane.closed && !isWorthKeeping(lane));
  return {
    unknown: unknown.slice(0, Math.max(0, unknown.length - keptUnknown)),
    over: over.slice(0, Math.max(0, over.length - keptClosed)),
  };
}

/** R2, R27: whether its end is this agent's to write and has not come, though its start may still wait for a choice or the CRM. */
export const isUnfinished = ({ known, waiting, closed, discarded }: Lane): boolean => {
  if (closed) return false;
  const ends = waiting.some((event) => event.type === 'session.closed' || isHandOver(event));
  return known?.recorded === true || discarded === true || (waiting.some(isStart) && !ends);
};

/** How many events wait that may be written. */
export const countWaiting = (lanes: readonly Lane[]): number =>
  lanes.reduce((sum, lane) => sum + (isStartless(lane) ? 0 : lane.waiting.length), 0);
