import type { SnapshotFrom } from 'xstate';
import type { AgentStatus } from '../telephony/telephony.js';
import { outcomeOf, type Outcome } from '../domain/outcome.js';
import type { AgentContext } from './agent-context.js';
import type { agentMachine } from './agent-machine.js';
import type { Failure } from './failure.js';
import type { OutboundContext } from './outbound-context.js';
import type { outboundMachine } from './outbound-machine.js';
import type { RecordLinks, SessionContext, sessionMachine } from './session-machine.js';

type AgentSnapshot = SnapshotFrom<typeof agentMachine>;
export type OutboundSnapshot = SnapshotFrom<typeof outboundMachine>;
type SessionSnapshot = SnapshotFrom<typeof sessionMachine>;

/** Which screen the panel shows. */
export type ScreenName =
  | 'starting'
  | 'not-started'
  | 'main'
  | 'loading'
  | 'not-loaded'
  | 'refused'
  | 'ticket-entry'
  | 'number-entry'
  | 'details'
  | 'call';

export interface Snapshots {
  agent: AgentSnapshot;
  outbound?: OutboundSnapshot;
  session?: SessionSnapshot;
}

/** A form that is open comes before a call that has ended; a call before the main screen. */
export function screenOf({ agent, outbound, session }: Snapshots): ScreenName {
  if (agent.matches('starting')) return 'starting';
  if (agent.matches('failed')) return 'not-started';
  if (agent.matches({ ready: { outbound: 'opening' } })) return 'loading';
  if (outbound && outbound.status === 'active') return outboundScreen(outbound);
  return session ? 'call' : 'main';
}

function outboundScreen(outbound: OutboundSnapshot): ScreenName {
  if (outbound.matches('notPrepared') || outbound.matches('notLoaded')) return 'not-loaded';
  if (outbound.matches('refused')) return 'refused';
  if (outbound.matches('ticketEntry')) return 'ticket-entry';
  if (outbound.matches('numberEntry') || outbound.matches({ filling: { screen: 'keypad' } })) return 'number-entry';
  if (outbound.matches({ filling: { screen: 'dialling' } })) return 'call';
  return outbound.matches('filling') ? 'details' : 'loading';
}

/** The header: presence and the line. */
export interface HeaderView {
  statuses: readonly AgentStatus[];
  status: AgentStatus | undefined;
  /** Asked for, not said by the platform yet. */
  wanted: string | undefined;
  next: AgentStatus | undefined;
  /** In a call the choice is the next status (A2). */
  choosesNext: boolean;
  online: boolean;
  lineUp: boolean;
}

export function headerView({ context }: AgentSnapshot): HeaderView {
  const { opened, status, wantedStatus, nextStatus, sessionId, calls, online, line } = context;
  const statuses = opened?.profile.statuses ?? [];
  const named = (id: string | undefined) => statuses.find((known) => known.id === id);
  return {
    statuses: statuses.filter(({ selectable }) => selectable),
    status: named(status),
    wanted: wantedStatus,
    next: named(nextStatus),
    choosesNext: sessionId !== undefined && calls[sessionId]?.on === true,
    online,
    lineUp: line === 'up',
  };
}

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
  outcome: Outcome | undefined;
  endedBy: SessionContext['endedBy'];
  talkSeconds: number | undefined;
  ending: boolean;
  endFailure: Failure | undefined;
  recordFailure: Failure | undefined;
}

export function callView({ agent, outbound, session }: Snapshots): CallView | undefined {
  if (outbound?.matches({ filling: { screen: 'dialling' } })) return diallingView(outbound.context);
  if (!session) return undefined;
  const { context, value } = session;
  const { line, ending } = value as { line: string; ending: string };
  const { session: call, links, connectedAt, endedBy, failReason, durations, endFailure, recordFailure } = context;
  return {
    phase: line === 'connected' ? 'connected' : line === 'ended' || line === 'dismissed' ? 'ended' : 'calling',
    name: links.contact?.name ?? nameOf(agent.context, call.id),
    number: call.customerNumber ?? '',
    extension: call.extension,
    language: call.language,
    links,
    unrecorded: call.association?.ticket === 'none' || call.record?.ticketId === 'none',
    connectedAt,
    outcome: line === 'ended' ? outcomeOf(failReason, durations ?? guessed(connectedAt)) : undefined,
    endedBy,
    talkSeconds: durations?.talk,
    ending: ending !== 'idle' && line !== 'ended',
    endFailure,
    recordFailure,
  };
}

const nameOf = ({ calls }: AgentContext, id: string): string | undefined => calls[id]?.name;

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
  };
}
