import type { Contact } from '../../domain/contact.js';
import type { TicketChoice } from '../../domain/ticket-choice.js';
import type { Failure } from '../../domain/failure.js';
import type { SessionContext } from './session-context.js';

/** A10: the agent's choice of contact and ticket for an inbound call. */
export interface ChoiceView {
  sessionId: string;
  contacts: readonly Contact[];
  contact: string | undefined;
  asksTicket: boolean;
  tickets: TicketChoice | undefined;
  ticket: string | undefined;
  state: 'open' | 'looking' | 'not-found' | 'assigning';
  failure: Failure | undefined;
  /** R2: the name of the contact that the rules take if the agent does not choose. */
  otherwise: string;
  /** R13: whether the agent has transferred the call before choosing. The next agent then chooses. */
  isColleagues: boolean;
}

export function choiceView(context: SessionContext, choosing: unknown): ChoiceView | undefined {
  const { choice, chosen, tickets, choiceFailure, session, handedOver, transfers } = context;
  if (!choice || typeof choosing !== 'object') return undefined;
  const { open } = choosing as { open: 'idle' | 'looking' | 'failed' | 'assigning' | 'assigned' };
  return {
    sessionId: session.id,
    contacts: choice.contacts,
    contact: chosen.contact,
    asksTicket: choice.asksTicket,
    tickets,
    ticket: chosen.ticket,
    state: choiceStates[open],
    failure: choiceFailure,
    otherwise: choice.contacts[0]?.name ?? '',
    isColleagues:
      handedOver === true &&
      transfers.some(({ outcome, target }) => outcome === 'finished' && target.kind !== 'outside'),
  };
}

const choiceStates = {
  idle: 'open',
  looking: 'looking',
  failed: 'not-found',
  assigning: 'assigning',
  assigned: 'assigning',
} as const;
