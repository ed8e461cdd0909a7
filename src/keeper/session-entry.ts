import type { Agent } from '../domain/agent.js';
import type { Choice, Recording, Session, SessionRecord } from '../domain/session.js';
import type { Ticket } from '../domain/ticket.js';
import type { Found } from '../records/decision.js';
import type { Ref } from '../records/intent.js';
import type { Known } from '../records/rule.js';
import type { Failure } from '../domain/failure.js';
import type { SessionEvent } from '../telephony/platform-event.js';
import { roleOf } from './event-roles.js';
import type { KeptSession } from './journal.js';

/** Why something waits, and since when: milliseconds since 1970. */
export interface WaitingReason {
  failure: Failure;
  since: number;
}

/** One session in the keeper's hands: its events are taken one after the other. */
export interface SessionEntry {
  readonly sessionId: string;
  /** Unset until an event, or the platform, introduces the session. */
  known?: Known;
  waiting: SessionEvent[];
  found: Found;
  choice?: Choice;
  asked?: boolean;
  closed?: boolean;
  /** R4, S7: the caller gave up, and that makes no ticket. */
  abandoned?: boolean;
  /** A person gave up what was to be written of it: whatever may still come of it is not recorded. */
  discarded?: boolean;
  /** R2: nobody will choose any more. */
  final?: boolean;
  /** The work that is under way. */
  tail: Promise<void>;
  /** Look-ups that failed one after the other, and the next try. */
  tries: number;
  retry?: unknown;
  held?: WaitingReason;
  /** Nobody has said yet what its events belong to. */
  unclear?: WaitingReason;
  /** S4: it is kept before it is introduced, as it is not hidden, or the platform could not be asked whether it is. */
  mayBeKept?: boolean;
  /** How often the platform was asked for it, how often nobody had recorded it, how often it was over then, and the next time. */
  asks: number;
  vain: number;
  misses: number;
  /** Milliseconds since 1970. */
  missedAt?: number;
  ask?: unknown;
  /** Parts of recordings that are written, each with its recording, and the end of the wait for those before the others. */
  parts: string[];
  partsEnd?: unknown;
  /** What the journal holds, as text: the same is not saved twice. */
  saved: string;
}

export const newSessionEntry = (sessionId: string, kept?: KeptSession): SessionEntry => ({
  sessionId,
  waiting: [...(kept?.waiting ?? [])],
  found: kept?.found ?? { contacts: {} },
  ...(kept?.known ? { known: kept.known } : {}),
  ...(kept && !kept.known ? { mayBeKept: true } : {}),
  ...(kept?.choice ? { choice: kept.choice } : {}),
  ...(kept?.asked ? { asked: true } : {}),
  ...(kept?.closed ? { closed: true } : {}),
  ...(kept?.discarded ? { discarded: true } : {}),
  tail: Promise.resolve(),
  tries: 0,
  asks: 0,
  vain: 0,
  misses: 0,
  parts: [],
  saved: kept ? 'restored' : '',
});

export const keptOf = ({
  sessionId,
  known,
  waiting,
  found,
  choice,
  asked,
  closed,
  discarded,
}: SessionEntry): KeptSession => ({
  sessionId,
  waiting: [...waiting],
  found,
  ...(known ? { known } : {}),
  ...(choice ? { choice } : {}),
  ...(asked ? { asked } : {}),
  ...(closed ? { closed } : {}),
  ...(discarded ? { discarded } : {}),
});

const idOf = (ref: Ref | undefined): string | undefined => (ref && 'id' in ref ? ref.id : undefined);
/** R12: the one that it went to, where it is another by now. */
export const ticketIdOf = ({ known }: Pick<SessionEntry, 'known'>): string | undefined => {
  const id = idOf(known?.ticket);
  return id !== undefined && known?.moved?.from === id ? known.moved.to : id;
};
export const contactIdOf = ({ known }: SessionEntry): string | undefined => idOf(known?.contact);

const isEnd = (event: SessionEvent): boolean => roleOf(event) === 'ends';

/** R4, S7: a call that ends without a start, missed or abandoned, goes on no ticket. Its start may still come late. */
export const isStartless = ({ known, waiting }: SessionEntry): boolean =>
  known !== undefined && !known.recorded && waiting.every(isEnd);

/** What its session became in the CRM. */
export function recordOf(entry: SessionEntry): SessionRecord | undefined {
  if (entry.discarded) return entry.closed ? { ticketId: 'none' } : undefined;
  const contactId = contactIdOf(entry);
  const ticketId = entry.known?.recorded ? ticketIdOf(entry) : undefined;
  return { ...(contactId ? { contactId } : {}), ...(ticketId ? { ticketId } : {}) };
}

/** Whether anything of the entry would be missed after a reload. */
export const isWorthKeeping = (entry: SessionEntry): boolean =>
  entry.known === undefined
    ? entry.mayBeKept === true && entry.waiting.length > 0
    : (entry.waiting.length > 0 && !isStartless(entry)) ||
      (entry.discarded
        ? !entry.closed
        : entry.known.recorded === true && (!entry.closed || (entry.known.ticket !== undefined && !ticketIdOf(entry))));

/** R13: it is the next agent's from now on. */
export const isHandOver = (event: SessionEvent): boolean =>
  event.type === 'transfer.finished' && event.target.kind !== 'outside';

/** R13: the agent gave it away before choosing, so the choice is the next one's. */
export const isHandedOver = ({ asked, waiting }: SessionEntry): boolean => asked === true && waiting.some(isHandOver);

/** R11: a session may have several recordings, each with parts of its own. */
export const partOf = ({ startedAt }: Pick<Recording, 'startedAt'>, part: number): string => `${startedAt} ${part}`;

/** R11: a part waits for the one before it. */
export const isOutOfTurn = (event: SessionEvent, { parts }: SessionEntry): boolean => {
  if (event.type !== 'recording.ready') return false;
  const { part } = event.recording;
  return part > 1 && !parts.includes(partOf(event.recording, part - 1));
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
