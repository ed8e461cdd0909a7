import type { Iso } from '../domain/contact.js';
import type { Durations, Recording } from '../domain/session.js';
import { durationsIn, textIn, textsIn } from '../telephony/event-parts.js';
import type { Participant, TransferTarget } from '../telephony/call-parties.js';
import type { SessionEvent } from '../telephony/platform-event.js';

/** A time span. Without `to`, the span goes on. Without `from`, it began before the last card. */
export interface Span {
  from?: Iso;
  to?: Iso;
}

/** A person in the session besides the customer and the agent. `from` is absent for a person who was there before. */
export interface Stay {
  id: string;
  kind: Participant['kind'];
  name: string;
  from?: Iso;
  to?: Iso;
}

export interface PastTransfer {
  target: TransferTarget;
  at: Iso;
  outcome: 'finished' | 'failed' | 'cancelled';
}

/** R28: what an agent submitted at the end. */
export interface Note {
  agent: string;
  text: string;
  codes: readonly string[];
}

/** R11: a recording in one part that the CRM gets as a link. */
export interface LinkedRecording {
  url: string;
  durationSeconds: number;
  startedAt: Iso;
}

/** R27: the end as the platform told it. */
export interface SessionEnd {
  at: Iso;
  endedBy?: 'agent' | 'customer' | 'platform';
  failReason?: string;
  /** Without durations that the platform did not tell. */
  durations: Partial<Durations>;
  connected?: boolean;
}

/**
 * R31: what the next card of the session will say: the facts since the last card. JSON, so that the journal keeps them
 * through a crash. Each change can be made twice without effect.
 */
export interface SessionFacts {
  /** The agent who has the session, and since when. Absent after the agent has handed the session over. */
  agent?: string;
  from?: Iso;
  /** The agent who had the session before, and until when. */
  before?: { agent: string; until: Iso };
  connectedAt?: Iso;
  people?: readonly Stay[];
  transfers?: readonly PastTransfer[];
  pauses?: readonly Span[];
  note?: Note;
  recordings?: readonly LinkedRecording[];
  /** R14, R15: the kinds of smart actions, which have comments of their own. */
  smartActions?: readonly string[];
  end?: SessionEnd;
}

/** Whether a participant is the agent or the target with this id. A participant's id may have a prefix: `agent-101`. */
export const isParticipant = (participantId: string, id: string): boolean =>
  participantId === id || (participantId.endsWith(id) && /[^\p{L}\p{N}]/u.test(participantId.at(-id.length - 1) ?? ''));

/** The facts with those of the event. The start of an agent's turn is not among them (`turnAfter`). */
export function factsAfter(event: SessionEvent, facts: SessionFacts): SessionFacts {
  const { at } = event;
  switch (event.type) {
    case 'session.connected':
      return { ...facts, connectedAt: facts.connectedAt ?? at };
    case 'session.recording-paused':
      return { ...facts, pauses: spansAfter(facts.pauses, event.paused, at) };
    case 'session.participant-joined':
      return { ...facts, people: joined(facts.people, event.participant, at) };
    case 'session.participant-left':
      return { ...facts, people: left(facts.people, event.participant, at) };
    case 'transfer.finished':
      return { ...facts, transfers: transfersAfter(facts.transfers, event, 'finished') };
    case 'transfer.failed':
      return { ...facts, transfers: transfersAfter(facts.transfers, event, 'failed') };
    case 'transfer.cancelled':
      return { ...facts, transfers: transfersAfter(facts.transfers, event, 'cancelled') };
    case 'smart-action.completed':
    case 'smart-action.failed':
      return { ...facts, smartActions: [...new Set([...(facts.smartActions ?? []), event.kind])] };
    case 'session.ended':
      return { ...facts, ...pausesAtEnd(facts, at), end: facts.end ?? endOf(event) };
    default:
      return facts;
  }
}

/** The note with the agent's codes. A later submission of the same agent replaces an earlier one. */
export const noteOf = (event: Extract<SessionEvent, { type: 'disposition.submitted' }>): Note => ({
  agent: textIn(event.agent) ?? '',
  text: textIn(event.notes)?.trim() ?? '',
  codes: textsIn(event.codes),
});

/** A recording that a card can name: complete, as a link, without a file or a transcript. */
export function linkIn({
  url,
  file,
  part,
  parts,
  transcript,
  durationSeconds,
  startedAt,
}: Recording): LinkedRecording | undefined {
  return url && !file && part === 1 && parts === 1 && !transcript ? { url, durationSeconds, startedAt } : undefined;
}

function spansAfter(spans: readonly Span[] = [], begins: boolean, at: Iso): readonly Span[] {
  const last = spans.at(-1);
  const isOpen = last !== undefined && last.to === undefined;
  if (begins) return isOpen || spans.some(({ from }) => from === at) ? spans : [...spans, { from: at }];
  if (spans.some(({ to }) => to === at)) return spans;
  return isOpen ? spans.with(-1, { ...last, to: at }) : [...spans, { to: at }];
}

/** A pause ends with the session at the latest. */
const pausesAtEnd = ({ pauses, end }: SessionFacts, at: Iso): Pick<SessionFacts, 'pauses'> =>
  pauses && !end && pauses.at(-1)?.to === undefined ? { pauses: spansAfter(pauses, false, at) } : {};

function joined(people: readonly Stay[] = [], { id, kind, label }: Participant, at: Iso): readonly Stay[] {
  if (kind === 'customer' || people.some((one) => one.id === id && (one.to === undefined || one.from === at)))
    return people;
  return [...people, { id, kind, name: label, from: at }];
}

function left(people: readonly Stay[] = [], { id, kind, label }: Participant, at: Iso): readonly Stay[] {
  if (kind === 'customer') return people;
  const there = people.findLastIndex((one) => one.id === id);
  if (there < 0) return [...people, { id, kind, name: label, to: at }];
  return people[there]!.to === undefined ? people.with(there, { ...people[there]!, to: at }) : people;
}

function transfersAfter(
  transfers: readonly PastTransfer[] = [],
  { target, at }: Pick<PastTransfer, 'target' | 'at'>,
  outcome: PastTransfer['outcome'],
): readonly PastTransfer[] {
  const isKnown = transfers.some((one) => one.at === at && one.outcome === outcome && one.target.id === target.id);
  return isKnown ? transfers : [...transfers, { target, at, outcome }];
}

function endOf({
  at,
  endedBy,
  failReason,
  durations,
  connected,
}: Extract<SessionEvent, { type: 'session.ended' }>): SessionEnd {
  const reason = textIn(failReason);
  return {
    at,
    ...(['agent', 'customer', 'platform'].includes(endedBy) && { endedBy }),
    ...(reason && { failReason: reason }),
    durations: durationsIn(durations),
    ...(connected !== undefined && { connected }),
  };
}
