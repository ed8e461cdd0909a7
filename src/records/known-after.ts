import type { Session } from '../domain/session.js';
import { valuesIn } from '../telephony/event-parts.js';
import type { Settings } from '../domain/settings.js';
import { awaitsCard, handOverOf, isCardDue, isOwnNote } from './card-due.js';
import { linkForCard } from './recording-rule.js';
import type { Known, RecordEvent } from './rule.js';
import { factsAfter, noteOf, type SessionFacts } from './session-facts.js';

/** The facts about a session after an event, before the rules write anything for the event. */
export function knownAfter(event: RecordEvent, known: Known, settings: Settings): Known {
  const session = sessionAfter(event, known);
  const decision = known.decision ?? decisionFromAssociation(session);
  const abandoned = event.type === 'session.abandoned' || known.abandoned;
  const withDecision: Known = {
    ...known,
    session,
    ...(decision ? { decision } : {}),
    ...(abandoned ? { abandoned } : {}),
    facts: known.finished ? {} : factsWith(event, known, settings),
  };
  return { ...withDecision, ...refsFromDecision(withDecision) };
}

/** R31: the facts for the next card. Notes and recordings that no card takes along have comments of their own. */
function factsWith(event: RecordEvent, known: Known, settings: Settings): SessionFacts {
  const { facts = {} } = known;
  if (event.type === 'card.due' || event.type === 'transcript.read') return facts;
  // Without a card to come, the event has a comment of its own.
  if (isDetail(event) && known.recorded && !awaitsCard(known)) return facts;
  if (event.type === 'disposition.submitted')
    return awaitsCard(known) && isOwnNote(event, known) ? { ...facts, note: noteOf(event) } : facts;
  const link = linkForCard(event, known, settings);
  if (!link) return factsAfter(event, facts);
  const { recordings = [] } = facts;
  return recordings.some(({ url }) => url === link.url) ? facts : { ...facts, recordings: [...recordings, link] };
}

/** R28: whether the event is told in a card, or in a comment of its own if it comes after the last card. */
export const isDetail = ({ type }: RecordEvent): boolean =>
  type.startsWith('transfer.') || type.startsWith('session.participant-') || type === 'session.recording-paused';

/** The most event ids that a session remembers. */
const keptIds = 200;

/** R30: the ids of the events whose facts a card takes along, or whose second delivery would write again. */
export function heardAfter(event: RecordEvent, known: Known): Pick<Known, 'heard'> {
  const { type, id } = event;
  const counts = isDetail(event) || type === 'disposition.submitted' || type === 'recording.ready';
  return counts ? { heard: [...(known.heard ?? []), id].slice(-keptIds) } : {};
}

/** R31: whether the event writes a card that takes the facts so far along. */
export function writesCard(event: RecordEvent, known: Known, settings: Settings): boolean {
  const after = knownAfter(event, known, settings);
  return handOverOf(event, after) !== undefined || isCardDue(event, after, settings);
}

/**
 * R31: the facts after the event's card, if it has written one. The next agent's turn begins with the assignment. The
 * turns of other agents are not this desktop's.
 */
export function factsForNextCard(event: RecordEvent, known: Known): SessionFacts {
  const before = handOverOf(event, known) && { agent: known.facts!.agent!, until: event.at };
  const facts: SessionFacts = before ? { before } : (known.facts ?? {});
  const { agent, session } = known;
  const { agentId } = session;
  const isOurs = agent === undefined || agent.id === agentId;
  const begins = event.type === 'session.created' || event.type === 'session.assigned';
  return begins && isOurs && facts.agent === undefined && agentId !== undefined
    ? { ...facts, agent: agentId, from: event.at }
    : facts;
}

/**
 * R16, R22: removes custom data that the session's start has already written to the ticket. The start's values are
 * newer than the values of an earlier event.
 */
export function withoutRepeatedData(event: RecordEvent, { startedAt, toldAtStart = [] }: Known): RecordEvent {
  const isEarlier = startedAt !== undefined && Date.parse(event.at) < Date.parse(startedAt);
  if (event.type !== 'custom-data.received' || !isEarlier) return event;
  const data = Object.entries(valuesIn(event.data)).filter(([key]) => !toldAtStart.includes(key));
  return { ...event, data: Object.fromEntries(data) };
}

/** R3: the decision that the agent made before the call, which needs no look-up. */
function decisionFromAssociation({ association }: Session): Known['decision'] {
  if (!association || association.ticket === 'none') return undefined;
  const { contact, ticket, despiteMatches } = association;
  return { contact, ticket, ...(despiteMatches ? { ownContact: true } : {}) };
}

function refsFromDecision({ decision, contact, contactName, ticket }: Known): Partial<Known> {
  const found = typeof decision?.contact === 'object' ? decision.contact : undefined;
  return {
    ...(!contactName && found?.name ? { contactName: found.name } : {}),
    ...(!contact && found ? { contact: { id: found.id } } : {}),
    ...(!ticket && typeof decision?.ticket === 'object' ? { ticket: { id: decision.ticket.id } } : {}),
  };
}

function sessionAfter(event: RecordEvent, { session, agent }: Known): Session {
  switch (event.type) {
    case 'session.created':
      return { ...session, ...event.session, agentId: event.session.agentId ?? session.agentId ?? agent?.id };
    case 'session.assigned':
      return { ...session, ...event.session, agentId: event.agent };
    case 'voicemail.received':
      return { ...session, ...event.session, voicemail: true };
    case 'session.offered':
    case 'session.abandoned':
      return { ...session, ...event.session };
    case 'session.queue-changed':
      return { ...session, queue: event.queue };
    case 'custom-data.received':
      return { ...session, customData: { ...session.customData, ...event.data } };
    case 'transfer.finished':
      return event.target.kind === 'agent' ? { ...session, agentId: event.target.id } : session;
    default:
      return session;
  }
}

/** The agent who is the ticket's assignee after the event. */
export function holderAfter(event: RecordEvent, { session, holder, recorded }: Known): string | undefined {
  if (!recorded) return holder;
  switch (event.type) {
    case 'session.created':
    case 'session.assigned':
      return session.agentId;
    case 'transfer.finished':
      return event.target.kind === 'agent' ? event.target.id : event.target.kind === 'queue' ? undefined : holder;
    default:
      return holder;
  }
}
