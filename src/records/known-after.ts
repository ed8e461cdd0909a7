import type { Session } from '../domain/session.js';
import { valuesIn } from '../telephony/event-parts.js';
import type { SessionEvent } from '../telephony/platform-event.js';
import type { Known } from './rule.js';

/** What is known of a session after an event, before anything is written for it. */
export function knownAfter(event: SessionEvent, known: Known): Known {
  const session = sessionAfter(event, known);
  const decision = known.decision ?? decisionFromAssociation(session);
  const withDecision: Known = { ...known, session, ...(decision ? { decision } : {}) };
  return { ...withDecision, ...refsFromDecision(withDecision) };
}

/**
 * R16, R22: removes custom data that the start of the session has told already. It is on the ticket, and the values from the
 * start are newer than those of an event from before it.
 */
export function withoutRepeatedData(event: SessionEvent, { startedAt, toldAtStart = [] }: Known): SessionEvent {
  const isEarlier = startedAt !== undefined && Date.parse(event.at) < Date.parse(startedAt);
  if (event.type !== 'custom-data.received' || !isEarlier) return event;
  const data = Object.entries(valuesIn(event.data)).filter(([key]) => !toldAtStart.includes(key));
  return { ...event, data: Object.fromEntries(data) };
}

/** R3: the agent's association from before the call is the decision, so nothing is looked up. */
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

/** The agent to whom the ticket is assigned after the event. */
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
