import type { Agent } from '../domain/agent.js';
import { isChat, type Choice, type Recording, type Session } from '../domain/session.js';
import type { Ticket } from '../domain/ticket.js';
import type { Found } from '../records/decision.js';
import type { Ref } from '../records/intent.js';
import type { Known } from '../records/rule.js';
import type { Failure } from '../machine/failure.js';
import type { HeldSession } from '../machine/line-state.js';
import type { SessionEvent } from '../telephony/platform-event.js';
import { roleOf } from './keeper-events.js';
import type { KeptSession } from './keeper-journal.js';

/** One session in the keeper's hands: its events are taken one after the other. */
export interface Lane {
  readonly sessionId: string;
  /** Unset until an event, or the platform, introduces the session. */
  known?: Known;
  waiting: SessionEvent[];
  found: Found;
  choice?: Choice;
  asked?: boolean;
  closed?: boolean;
  /** A person gave up what was to be written of it: whatever may still come of it is not recorded. */
  discarded?: boolean;
  /** R2: nobody will choose any more. */
  final?: boolean;
  /** The work that is under way. */
  tail: Promise<void>;
  /** Look-ups that failed one after the other, and the next try. */
  tries: number;
  retry?: unknown;
  /** Why, and since when. */
  held?: { failure: Failure; since: number };
  /** How often the platform was asked for the session, how often in vain, and the next time. */
  asks: number;
  misses: number;
  ask?: unknown;
  /** Parts of recordings that are written, and the end of the wait for those before the others. */
  parts: number[];
  partsEnd?: unknown;
  /** What the journal holds, as text: the same is not saved twice. */
  saved: string;
}

export const newLane = (sessionId: string, kept?: KeptSession): Lane => ({
  sessionId,
  waiting: [...(kept?.waiting ?? [])],
  found: kept?.found ?? { contacts: {} },
  ...(kept ? { known: kept.known } : {}),
  ...(kept?.choice ? { choice: kept.choice } : {}),
  ...(kept?.asked ? { asked: true } : {}),
  ...(kept?.closed ? { closed: true } : {}),
  ...(kept?.discarded ? { discarded: true } : {}),
  tail: Promise.resolve(),
  tries: 0,
  asks: 0,
  misses: 0,
  parts: [],
  saved: kept ? 'restored' : '',
});

export const keptOf = ({ sessionId, known, waiting, found, choice, asked, closed, discarded }: Lane): KeptSession => ({
  sessionId,
  known: known!,
  waiting: [...waiting],
  found,
  ...(choice ? { choice } : {}),
  ...(asked ? { asked } : {}),
  ...(closed ? { closed } : {}),
  ...(discarded ? { discarded } : {}),
});

const idOf = (ref: Ref | undefined): string | undefined => (ref && 'id' in ref ? ref.id : undefined);
/** R12: the one that it went to, where it is another by now. */
export const ticketIdOf = ({ known }: Pick<Lane, 'known'>): string | undefined => {
  const id = idOf(known?.ticket);
  return id !== undefined && known?.moved?.from === id ? known.moved.to : id;
};
export const contactIdOf = ({ known }: Lane): string | undefined => idOf(known?.contact);

/** B5: as the agent sees it. */
export const heldSession = ({ sessionId, held, known, waiting }: Lane): HeldSession | undefined => {
  const session = known?.session ?? waiting.map((event) => (event as { session?: Session }).session).find(Boolean);
  const number = session?.customerNumber;
  return held && { sessionId, ...held, ...(number ? { number } : {}), chat: session !== undefined && isChat(session) };
};

/** Whether anything of the lane would be missed after a reload. */
export const isWorthKeeping = (lane: Lane): boolean =>
  lane.known !== undefined &&
  (lane.waiting.length > 0 ||
    (lane.discarded
      ? !lane.closed
      : lane.known.recorded === true && (!lane.closed || (lane.known.ticket !== undefined && !ticketIdOf(lane)))));

/** R13: it is the next agent's from now on. */
export const isHandOver = (event: SessionEvent): boolean =>
  event.type === 'transfer.finished' && event.target.kind !== 'outside';

/** R13: the agent gave it away before choosing, so the choice is the next one's. */
export const isHandedOver = ({ asked, waiting }: Lane): boolean => asked === true && waiting.some(isHandOver);

/** Whether only the platform can say what the waiting events belong to. */
export function isUnresolved(lane: Lane): boolean {
  if (lane.known?.recorded || lane.waiting.length === 0) return false;
  if (lane.asked) return isHandedOver(lane);
  const roles = lane.waiting.map(roleOf);
  // A start that waits has its own reason; a call that was missed ends without a ticket.
  if (roles.includes('introduces')) return false;
  return lane.known === undefined || roles.some((role) => role !== 'ends');
}

const keptUnknown = 50;
const keptClosed = 50;

/** Of sessions that never introduce themselves, and of those that are over, only the last few are held. */
export function surplusOf(lanes: readonly Lane[]): { unknown: readonly Lane[]; over: readonly Lane[] } {
  const starts = ({ waiting }: Lane) => waiting.some((event) => roleOf(event) === 'introduces');
  const unknown = lanes.filter((lane) => !lane.known?.recorded && !starts(lane));
  const over = lanes.filter((lane) => lane.closed && !isWorthKeeping(lane));
  return {
    unknown: unknown.slice(0, Math.max(0, unknown.length - keptUnknown)),
    over: over.slice(0, Math.max(0, over.length - keptClosed)),
  };
}

/** R11: a part waits for the one before it. */
export const isOutOfTurn = (event: SessionEvent, { parts }: Lane): boolean => {
  if (event.type !== 'recording.ready') return false;
  const { part }: Recording = event.recording;
  return part > 1 && !parts.includes(part - 1);
};

/** What a ticket tells of the session that made it. */
export const sessionOfTicket = (sessionId: string, { origin }: Ticket): Session => ({
  id: sessionId,
  channel: origin?.channel ?? 'ivr-call',
  direction: origin?.channel === 'outbound-call' ? 'outbound' : 'inbound',
  ...(origin?.queueId ? { queue: { id: origin.queueId, path: [] } } : {}),
  ...(origin?.voicemail ? { voicemail: true } : {}),
});

/** A session that stands on its ticket already, by whoever's hand. */
export function adopted(
  session: Session,
  { agent, account }: { agent: Agent; account: string },
  ticket: Ref,
  contactId: string | undefined,
  holder?: string,
): Known {
  return {
    session,
    agent,
    account,
    ticket,
    ...(contactId ? { contact: { id: contactId } } : {}),
    recorded: true,
    ...(holder ? { holder } : {}),
  };
}

/** The event that never came, for a session that this agent has. */
export function missedStart(session: Session, agentId: string, at: string): SessionEvent {
  const frame = { id: `resumed:${session.id}`, at, sessionId: session.id, session };
  return session.direction === 'outbound'
    ? { type: 'session.created', key: '', ...frame }
    : { type: 'session.assigned', agent: session.agentId ?? agentId, ...frame };
}
