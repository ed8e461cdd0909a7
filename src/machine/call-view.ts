import type { Contact } from '../domain/contact.js';
import { outcomeOf, type Outcome } from '../domain/outcome.js';
import { isChat, type Session } from '../domain/session.js';
import type { TicketChoice } from '../domain/ticket-choice.js';
import type { AgentContext } from './agent-context.js';
import type { Failure } from './failure.js';
import type { OutboundContext } from './outbound-context.js';
import type { RecordLinks, SessionContext } from './session-machine.js';
import type { Snapshots } from './views.js';

/** A call from Call to its outcome. */
export interface CallView {
  phase: 'dialling' | 'calling' | 'connected' | 'ended';
  name: string | undefined;
  number: string;
  extension: string | undefined;
  language: string | undefined;
  links: RecordLinks;
  /** R25: nothing is stored of it. */
  unrecorded: boolean;
  connectedAt: string | undefined;
  outcome: Outcome | 'handed-over' | undefined;
  endedBy: SessionContext['endedBy'];
  talkSeconds: number | undefined;
  ending: boolean;
  endFailure: Failure | undefined;
  recordFailure: Failure | undefined;
  chat: boolean;
  inbound: boolean;
  /** The menu selection, as a path. */
  queue: string | undefined;
  /** A10: contact and ticket are the agent's to say. */
  choice: ChoiceView | undefined;
}

export interface ChoiceView {
  sessionId: string;
  contacts: readonly Contact[];
  contact: string | undefined;
  asksTicket: boolean;
  tickets: TicketChoice | undefined;
  ticket: string | undefined;
  state: 'open' | 'looking' | 'not-found' | 'assigning';
  failure: Failure | undefined;
  /** R2: who it is, if nobody chooses. */
  otherwise: string;
}

export function callView({ agent, outbound, session }: Snapshots): CallView | undefined {
  if (outbound?.matches({ filling: { screen: 'dialling' } })) return diallingView(outbound.context);
  if (!session) return undefined;
  const { context, value } = session;
  const { line, ending, choosing } = value as { line: string; ending: string; choosing: unknown };
  const { session: call, links, connectedAt, endedBy, durations, endFailure, recordFailure } = context;
  return {
    phase: line === 'connected' ? 'connected' : line === 'ended' || line === 'dismissed' ? 'ended' : 'calling',
    name: links.contact?.name ?? nameOf(agent.context, call.id),
    number: call.customerNumber ?? '',
    extension: call.extension,
    language: call.language,
    links,
    unrecorded: isUnrecorded(call),
    connectedAt,
    outcome: line === 'ended' ? outcomeIn(context) : undefined,
    endedBy,
    talkSeconds: durations?.talk,
    ending: ending !== 'idle' && line !== 'ended',
    endFailure,
    recordFailure,
    chat: isChat(call),
    queue: call.queue?.path.join(' › '),
    inbound: call.direction === 'inbound',
    choice: choiceView(context, choosing),
  };
}

function choiceView(context: SessionContext, choosing: unknown): ChoiceView | undefined {
  const { choice, chosen, tickets, choiceFailure, session } = context;
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
  };
}

const choiceStates = {
  idle: 'open',
  looking: 'looking',
  failed: 'not-found',
  assigning: 'assigning',
  assigned: 'assigning',
} as const;

/** R25, R29: of such a session nothing is written. */
const isUnrecorded = ({ association, record, blocked, channel }: Session): boolean =>
  association?.ticket === 'none' || record?.ticketId === 'none' || blocked === true || channel === 'internal-call';

const nameOf = ({ calls }: AgentContext, id: string): string | undefined => calls[id]?.name;

const outcomeIn = ({ handedOver, failReason, durations, connectedAt }: SessionContext): Outcome | 'handed-over' =>
  handedOver ? 'handed-over' : outcomeOf(failReason, durations ?? guessed(connectedAt));

/** Only `session.closed` came: whether they spoke is known all the same. */
const guessed = (connectedAt: string | undefined) =>
  connectedAt ? { total: 1, talk: 1, hold: 0, wait: 0 } : undefined;

function diallingView({ asked, contact, language }: OutboundContext): CallView {
  const plan = asked?.plan;
  return {
    phase: 'dialling',
    name: contact && contact !== 'new' ? contact.name : undefined,
    number: plan?.number ?? '',
    extension: plan?.extension,
    language,
    links: {},
    unrecorded: plan?.association.ticket === 'none',
    connectedAt: undefined,
    outcome: undefined,
    endedBy: undefined,
    talkSeconds: undefined,
    ending: false,
    endFailure: undefined,
    recordFailure: undefined,
    chat: false,
    queue: undefined,
    inbound: false,
    choice: undefined,
  };
}
