import type { Agent } from '../domain/agent.js';
import type { Choice, Recording, Session, SessionRecord } from '../domain/session.js';
import type { Ticket } from '../domain/ticket.js';
import { awaitsCard } from '../records/card-due.js';
import type { Found } from '../records/decision.js';
import type { Ref } from '../records/intent.js';
import type { Known, RecordEvent } from '../records/rule.js';
import type { Failure } from '../domain/failure.js';
import type { SessionEvent } from '../telephony/platform-event.js';
import { holdsEvents, type ArchivedEvent, type Correction } from './correction.js';
import { isMinor } from './event-roles.js';
import type { KeptSession } from './journal.js';

/** Why events wait, and since when, in milliseconds since 1970. */
export interface WaitingReason {
  failure: Failure;
  since: number;
}

/**
 * The keeper's state of a session.
 *
 *   unknown ─ learn ─▶ introduced ─ askAgent ─▶ choosing
 *      │                   │                       │
 *      └───────────────────┴──────── learn ────────┴──▶ recorded ─ close ─▶ recorded, closed
 *
 *   introduced, choosing, recorded ─ discard ─▶ discarded ─ close ─▶ discarded, closed
 */
export type EntryPhase =
  /** No event has introduced the session. S4: without `mayBeKept`, the session may be silent, so no store keeps it. */
  | { name: 'unknown'; mayBeKept: boolean }
  /** The keeper has not decided on a record. R4, S7: the caller of an `abandoned` session gets no ticket. */
  | { name: 'introduced'; abandoned: boolean }
  /** A10: the agent chooses the record. R2: once `final`, the rules decide without the agent. */
  | { name: 'choosing'; final: boolean }
  /** The session has a record. `closed`: the keeper has written the session's last event. */
  | { name: 'recorded'; asked: boolean; closed: boolean }
  /** A person has given up the record. The keeper writes nothing more for the session. */
  | { name: 'discarded'; asked: boolean; closed: boolean };

/** The keeper's attempts to find the session's record at the platform and in the CRM. */
export interface Resolving {
  /** The number of requests to the platform. */
  asks: number;
  /** The number of attempts that found no record. */
  withoutRecord: number;
  /** The number of attempts that found no record after the session's end. */
  withoutRecordAfterEnd: number;
  /** The time of the last attempt in `withoutRecordAfterEnd`, in milliseconds since 1970. */
  lastAfterEndAt?: number;
  /** Why the last attempt did not find the record. */
  reason?: WaitingReason;
}

/** The keeper's data on one session. The keeper takes the session's events one after the other. */
export interface SessionEntry {
  readonly sessionId: string;
  phase: EntryPhase;
  /** Unset while the phase is `unknown`. */
  known?: Known;
  waiting: SessionEvent[];
  found: Found;
  /** A10: the agent's choice. */
  choice?: Choice;
  /** Resolves when the session's work in progress is done. */
  tail: Promise<void>;
  /** The number of CRM look-ups that have failed in a row. */
  tries: number;
  /** Why the last CRM look-up failed. */
  blocked?: WaitingReason;
  resolving: Resolving;
  /** R31: when the end card is due, in milliseconds since 1970. */
  cardDue?: number;
  /** When the keeper had nothing left to write, in milliseconds since 1970. */
  overSince?: number;
  /** R35: the events that the keeper has taken, in order. */
  archive: readonly ArchivedEvent[];
  correction?: Correction;
  /** When the keeper heard the session's end, in milliseconds since 1970. */
  endedAt?: number;
  /** R11: the recording parts that the keeper has written, as `partOf` names them. */
  parts: string[];
}

export const newSessionEntry = (sessionId: string, kept?: KeptSession): SessionEntry => ({
  sessionId,
  phase: phaseOf(kept),
  waiting: [...(kept?.waiting ?? [])],
  found: kept?.found ?? { contacts: {} },
  ...(kept?.known ? { known: kept.known } : {}),
  ...(kept?.choice ? { choice: kept.choice } : {}),
  ...(kept?.cardDue !== undefined && { cardDue: kept.cardDue }),
  ...(kept?.overSince !== undefined && { overSince: kept.overSince }),
  tail: Promise.resolve(),
  tries: 0,
  resolving: { asks: 0, withoutRecord: 0, withoutRecordAfterEnd: 0 },
  parts: [],
  archive: kept?.archive ?? [],
  ...(kept?.correction && { correction: kept.correction }),
  ...(kept?.endedAt !== undefined && { endedAt: kept.endedAt }),
});

/** R35: keeps the event for a correction. A second delivery changes nothing. */
export function archive(entry: SessionEntry, event: RecordEvent): void {
  if (!entry.archive.some((one) => one.event.id === event.id)) entry.archive = [...entry.archive, { event }];
}

function phaseOf({ known, asked = false, closed = false, discarded }: Partial<KeptSession> = {}): EntryPhase {
  if (discarded) return { name: 'discarded', asked, closed };
  if (known?.recorded) return { name: 'recorded', asked, closed };
  if (asked) return { name: 'choosing', final: false };
  return known ? { name: 'introduced', abandoned: false } : { name: 'unknown', mayBeKept: false };
}

export function keptOf(entry: SessionEntry): KeptSession {
  const { sessionId, known, waiting, found, choice, phase, cardDue, overSince, correction, endedAt } = entry;
  return {
    sessionId,
    waiting: [...waiting],
    found,
    ...(known ? { known } : {}),
    ...(choice ? { choice } : {}),
    ...(wasAsked(entry) ? { asked: true } : {}),
    ...(cardDue !== undefined && { cardDue }),
    ...(overSince !== undefined && { overSince }),
    ...(entry.archive.length > 0 && { archive: entry.archive }),
    ...(correction && { correction }),
    ...(endedAt !== undefined && { endedAt }),
    ...(isClosed(entry) ? { closed: true } : {}),
    ...(phase.name === 'discarded' ? { discarded: true } : {}),
  };
}

/** Stores new facts about the session, from an event, the platform or the CRM. */
export function learn(entry: SessionEntry, known: Known): void {
  const { phase } = entry;
  entry.known = known;
  if (known.recorded && phase.name !== 'recorded' && phase.name !== 'discarded')
    entry.phase = { name: 'recorded', asked: phase.name === 'choosing', closed: false };
  else if (phase.name === 'unknown') entry.phase = { name: 'introduced', abandoned: false };
}

/** A10: asks the agent. R14: also for the contact of a voicemail that already has a record. */
export function askAgent(entry: SessionEntry): void {
  const { phase } = entry;
  entry.phase = 'asked' in phase ? { ...phase, asked: true } : { name: 'choosing', final: false };
}

/** R2: the rules decide without the agent from now on. */
export function endChoice(entry: SessionEntry): void {
  if (entry.phase.name === 'choosing') entry.phase = { name: 'choosing', final: true };
}

export function abandon(entry: SessionEntry): void {
  if (entry.phase.name === 'introduced') entry.phase = { name: 'introduced', abandoned: true };
}

/** S4: lets the journal keep the session. The session is not silent, or the platform or the CRM did not answer. */
export function allowKeeping(entry: SessionEntry): void {
  if (entry.phase.name === 'unknown') entry.phase = { name: 'unknown', mayBeKept: true };
}

export function discard(entry: SessionEntry): void {
  entry.phase = { name: 'discarded', asked: wasAsked(entry), closed: isClosed(entry) };
}

export function close(entry: SessionEntry): void {
  const { phase } = entry;
  if (phase.name === 'recorded' || phase.name === 'discarded') entry.phase = { ...phase, closed: true };
}

export const wasAsked = ({ phase }: SessionEntry): boolean =>
  phase.name === 'choosing' || ('asked' in phase && phase.asked);
/** The session as the keeper knows it, or as a waiting event tells it. Undefined if no event has told it. */
export const sessionOf = ({ known, waiting }: Pick<SessionEntry, 'known' | 'waiting'>): Session | undefined =>
  known?.session ?? waiting.map((event) => (event as { session?: Session }).session).find(Boolean);
export const isRecorded = ({ known }: SessionEntry): boolean => known?.recorded === true;
/** R31: whether the end card is still to be written: the session is over, and its wrap-up is not. */
export const awaitsEndCard = ({ known, phase }: SessionEntry): boolean =>
  phase.name === 'recorded' && known !== undefined && awaitsCard(known) && known.facts?.end !== undefined;
/** R34: whether the transcript of the chat is still to be written, after its end card. */
export const awaitsTranscript = ({ known, phase }: SessionEntry): boolean =>
  phase.name === 'recorded' && known?.transcript === 'due';
/** R34: the facts without the transcript that is due: it is written, given up, or cannot be made. */
export const withoutTranscript = ({ known }: SessionEntry): Known => {
  const { transcript: _t, ...rest } = known!;
  return rest;
};
/** R31: whether the agent has handed the session over, so that another desktop writes the rest. */
export const isHandedOver = ({ known }: SessionEntry): boolean =>
  known?.agent !== undefined && known.handedOver === true && known.facts?.end === undefined;
/** Whether events of the session wait, or what follows its end. */
export const hasWork = (entry: SessionEntry): boolean =>
  entry.waiting.length > 0 || awaitsEndCard(entry) || awaitsTranscript(entry);
export const isDiscarded = ({ phase }: SessionEntry): boolean => phase.name === 'discarded';
export const isClosed = ({ phase }: SessionEntry): boolean => 'closed' in phase && phase.closed;
export const isFinal = ({ phase }: SessionEntry): boolean => phase.name === 'choosing' && phase.final;
/** A10: whether the agent has yet to choose. */
export const isChoosing = ({ phase, choice }: SessionEntry): boolean => phase.name === 'choosing' && !choice;

const idOf = (ref: Ref | undefined): string | undefined => (ref && 'id' in ref ? ref.id : undefined);
/** R12: the ticket that the session's writes go to now. */
export const ticketIdOf = ({ known }: Pick<SessionEntry, 'known'>): string | undefined => {
  const id = idOf(known?.ticket);
  return id !== undefined && known?.moved?.from === id ? known.moved.to : id;
};
export const contactIdOf = ({ known }: SessionEntry): string | undefined => idOf(known?.contact);

/** R4, S7: whether only minor events wait, as after a missed or abandoned call. The start event may still come late. */
export const isStartless = (entry: SessionEntry): boolean =>
  entry.known !== undefined && !isRecorded(entry) && entry.waiting.every(isMinor);

/** The session's contact and ticket, for the platform. */
export function recordOf(entry: SessionEntry): SessionRecord | undefined {
  // R35: between two tickets.
  if (holdsEvents(entry.correction)) return undefined;
  if (isDiscarded(entry)) return isClosed(entry) ? { ticketId: 'none' } : undefined;
  const contactId = contactIdOf(entry);
  const ticketId = isRecorded(entry) ? ticketIdOf(entry) : undefined;
  // R35: the platform gets the number of the correction together with its ticket.
  const correction = ticketId ? entry.known?.correction : undefined;
  return {
    ...(correction ? { correction } : {}),
    ...(contactId ? { contactId } : {}),
    ...(ticketId ? { ticketId } : {}),
  };
}

/**
 * Whether the journal keeps the session. It keeps a recorded session after its end too: the platform may deliver an event
 * again to a later page, which must not write it again (R30).
 */
export const isWorthKeeping = (entry: SessionEntry): boolean =>
  isUnwritten(entry) || (isRecorded(entry) && !isDiscarded(entry));

/** Whether the keeper has yet to write, or to learn, something of the session. */
export function isUnwritten(entry: SessionEntry): boolean {
  const { phase, known, waiting } = entry;
  if (phase.name === 'unknown') return phase.mayBeKept && waiting.length > 0;
  if ((waiting.length > 0 && !isStartless(entry)) || awaitsTranscript(entry)) return true;
  if (phase.name === 'discarded') return !phase.closed;
  if (entry.correction) return true;
  // Later events need the ticket's id, so keep the session until the CRM has created the ticket.
  const isOver = isClosed(entry) || isHandedOver(entry);
  return isRecorded(entry) && (!isOver || (known?.ticket !== undefined && !ticketIdOf(entry)));
}

/** R13: whether the event gives the session to the next agent. */
export const isHandOver = (event: SessionEvent): boolean =>
  event.type === 'transfer.finished' && event.target.kind !== 'outside';

/** R13: the agent handed the session over before choosing, so the next agent chooses. */
export const wasHandedOver = (entry: SessionEntry): boolean => wasAsked(entry) && entry.waiting.some(isHandOver);

/** R11: the name of one part of a recording, unique in a session with several recordings. */
export const partOf = ({ startedAt }: Pick<Recording, 'startedAt'>, part: number): string => `${startedAt} ${part}`;

/** R11: whether the event brings a part of a recording before the previous part. */
export const isOutOfTurn = (event: SessionEvent, { parts }: SessionEntry): boolean => {
  if (event.type !== 'recording.ready') return false;
  const { part } = event.recording;
  return part > 1 && !parts.includes(partOf(event.recording, part - 1));
};

/** The session that created the ticket, with the properties that the ticket's origin holds. */
export const sessionOfTicket = (sessionId: string, { origin }: Ticket): Session => ({
  id: sessionId,
  channel: origin?.channel ?? 'ivr-call',
  direction: origin?.channel === 'outbound-call' ? 'outbound' : 'inbound',
  ...(origin?.queueId ? { queue: { id: origin.queueId, path: [] } } : {}),
  ...(origin?.voicemail ? { voicemail: true } : {}),
});

/** The facts about a session that already has a record. `turn`: the agent who has the session (R31). */
export function adopted(
  session: Session,
  { agent, account }: { agent?: Agent | undefined; account: string },
  ticket: Ref,
  contactId: string | undefined,
  more: Pick<Known, 'holder' | 'finished' | 'correction'> & { turn?: string | undefined } = {},
): Known {
  const { holder, finished, turn } = more;
  const correction = more.correction ?? session.record?.correction;
  return {
    session,
    ...(agent && { agent }),
    account,
    ticket,
    ...(contactId ? { contact: { id: contactId } } : {}),
    recorded: true,
    ...(correction ? { correction } : {}),
    ...(holder ? { holder } : {}),
    ...(finished && { finished }),
    ...(turn !== undefined && !finished && { facts: { agent: turn } }),
  };
}

/** Makes the start event of the agent's session, in place of the event that never came. */
export function missedStart(session: Session, agentId: string, at: string): SessionEvent {
  const frame = { id: `resumed:${session.id}`, at, sessionId: session.id, session };
  return session.direction === 'outbound'
    ? { type: 'session.created', key: '', ...frame }
    : { type: 'session.assigned', agent: session.agentId ?? agentId, ...frame };
}
