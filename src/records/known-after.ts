import type { Session } from '../domain/session.js';
import { valuesIn } from '../telephony/event-parts.js';
import type { SessionEvent } from '../telephony/platform-event.js';
import type { Known } from './rule.js';

/** The facts about a session after an event, before the rules write anything for the event. */
export function knownAfter(event: SessionEvent, known: Known): Known {
  const session = sessionAfter(event, known);
  const decision = known.decision ?? decisionFromAssociation(session);
  const withDecision: Known = { ...known, session, ...(decision ? { decision } : {}) };
  return { ...withDecision, ...refsFromDecision(withDecision) };
}

/**
 * R16, R22: removes custom data that the session's start has already written to the ticket. The start's values are
 * newer than the values of an earlier event.
 */
export function withoutRepeatedData(event: SessionEvent, { startedAt, toldAtStart = [] }: Known): SessionEvent {
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

function sessionAfter(event: SessionEvent, { session, agent }: Known): Session {
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
export function holderAfter(event: SessionEvent, { session, holder, recorded }: Known): string | undefined {
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
