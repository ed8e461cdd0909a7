import { perObject } from '../../domain/cached.js';
import { outcomeOf, type Outcome } from '../../domain/outcome.js';
import { isChat, isWithoutTicket, type Disposition, type Session } from '../../domain/session.js';
import { own } from '../../domain/own.js';
import type { Capability } from '../../telephony/telephony.js';
import type { AgentContext } from '../agent/agent-context.js';
import { choiceView, type ChoiceView } from './choice-view.js';
import type { Failure } from '../../domain/failure.js';
import type { OutboundContext } from '../outbound/outbound-context.js';
import { isSettled, type SessionAct, type SessionContext } from './session-context.js';
import { isRinging, type Snapshots } from '../agent/screen-view.js';

export type CallPhase =
  | 'dialling'
  | 'incoming'
  | 'calling'
  | 'connected'
  | 'ended'
  | 'too-short'
  | 'wrap-up'
  | 'exceeded'
  | 'closed'
  | 'missed'
  | 'declined'
  | 'withdrawn';

/** The screen's phase for each phase of the statechart. */
const phases: Readonly<Record<string, CallPhase>> = {
  offered: 'incoming',
  created: 'calling',
  connecting: 'calling',
  connected: 'connected',
  ended: 'ended',
  dismissed: 'ended',
  tooShort: 'too-short',
  wrapUp: 'wrap-up',
  exceeded: 'exceeded',
  closed: 'closed',
  missed: 'missed',
  declined: 'declined',
  withdrawn: 'withdrawn',
};

/** The data of the call screen, from Call or the first ring to the outcome. */
export interface CallView extends Partial<Omit<SessionContext, 'session' | 'phase' | 'choice'>> {
  /** Undefined until the platform has created the call. */
  session: Session | undefined;
  phase: CallPhase;
  name: string | undefined;
  number: string;
  extension: string | undefined;
  language: string | undefined;
  links: SessionContext['links'];
  asked: SessionContext['asked'];
  /** R25: whether the CRM gets no record of the session. */
  writesNothing: boolean;
  outcome: Outcome | 'handed-over' | undefined;
  talkSeconds: number | undefined;
  /** Whether the agent has asked to end the call, which is not over yet. */
  ending: boolean;
  /** Whether the session is over, and its outcome is not settled. The controls of the call do nothing any more. */
  isOver: boolean;
  /** Whether the call continues without this agent. */
  handedOver: boolean;
  chat: boolean;
  inbound: boolean;
  /** A16: whether the platform records the call. */
  recording: boolean;
  /** The path of the queue in the phone menu. */
  queue: string | undefined;
  /** A10: the agent's choice of contact and ticket. */
  choice: ChoiceView | undefined;
  /** Whether the platform has the capability. The screen hides controls without their capability. */
  can: (capability: Capability) => boolean;
}

/** Several parts of the panel show the call of one snapshot. */
export const callView = perObject(({ agent, outbound, session }: Snapshots): CallView | undefined => {
  const capabilities = agent.context.opened?.profile.capabilities ?? [];
  const can = (capability: Capability) => capabilities.includes(capability);
  if (outbound?.matches({ filling: { screen: 'dialling' } }) && !isRinging(session))
    return { ...diallingView(outbound.context), can };
  if (!session) return undefined;
  const { context, value } = session;
  const { phase: state, choosing } = value as { phase: string; choosing: unknown };
  const { session: call, durations, asked } = context;
  // A14: until the outcome is settled, the call's own screen says that it ends.
  const isEnding = state === 'ended' && !isSettled(context);
  const phase = isEnding ? (context.connectedAt ? 'connected' : 'calling') : (own(phases, state) ?? 'calling');
  const isHandedOver = phase === 'closed' && context.handedOver === true;
  return {
    ...context,
    session: call,
    phase,
    name: context.links.contact?.name ?? context.caller?.name ?? nameOf(agent.context, call.id),
    number: call.customerNumber ?? '',
    extension: call.extension,
    language: call.language,
    writesNothing: isUnrecorded(call),
    outcome: (phase === 'ended' && state !== 'dismissed') || isHandedOver ? outcomeIn(context) : undefined,
    handedOver: isHandedOver,
    talkSeconds: durations?.talk,
    ending: isEnding || (asked.end !== undefined && (phase === 'connected' || phase === 'calling')),
    isOver: isEnding,
    chat: isChat(call),
    recording: context.recorded === true && can('record') && !isChat(call) && !isWithoutTicket(call),
    customData: { ...call.customData, ...context.customData },
    queue: call.queue?.path.join(' › '),
    inbound: call.direction === 'inbound',
    choice: choiceView(context, choosing),
    can,
  };
});

/** A6: what is required before Save & Close. */
export interface WrapUpRules {
  dispositions: readonly Disposition[];
  notesRequired: boolean;
  dispositionRequired: boolean;
  notesMissing: boolean;
  dispositionMissing: boolean;
}

export function wrapUpRules({ agent, session }: Snapshots): WrapUpRules {
  const { dispositions = [], notesRequired, dispositionsRequired } = agent.context.opened?.settings.calls ?? {};
  const draft = session?.context.draft;
  const required = {
    notes: notesRequired === true,
    disposition: dispositionsRequired === true && dispositions.length > 0,
  };
  return {
    dispositions,
    notesRequired: required.notes,
    dispositionRequired: required.disposition,
    notesMissing: required.notes && !draft?.notes.trim(),
    dispositionMissing: required.disposition && !draft?.dispositions.length,
  };
}

/** Whether the platform has not answered for the act yet. */
export const isAsked = ({ asked }: CallView, act: SessionAct['do']): boolean => asked[act] === 'sent';

export const actFailureOf = ({ actFailure }: CallView, ...acts: SessionAct['do'][]): Failure | undefined =>
  actFailure && (acts.length === 0 || acts.includes(actFailure.act.do)) ? actFailure.failure : undefined;

/** R25, R29: whether the CRM gets no record of the session. */
const isUnrecorded = (session: Session): boolean =>
  isWithoutTicket(session) || session.blocked === true || session.channel === 'internal-call';

const nameOf = ({ leader }: AgentContext, id: string): string | undefined => own(leader.calls, id)?.name;

const outcomeIn = ({ handedOver, failReason, durations, connectedAt }: SessionContext): Outcome | 'handed-over' =>
  handedOver ? 'handed-over' : outcomeOf(failReason, durationsIfConnected(connectedAt) ?? durations);

/** Stands for the durations of a connected call, so that it counts as completed even without measured talk time. */
const durationsIfConnected = (connectedAt: string | undefined) =>
  connectedAt ? { total: 1, talk: 1, hold: 0, wait: 0 } : undefined;

function diallingView({ asked, contact, language }: OutboundContext): Omit<CallView, 'can'> {
  const plan = asked?.plan;
  return {
    phase: 'dialling',
    session: undefined,
    asked: {},
    name: contact && contact !== 'new' ? contact.name : undefined,
    number: plan?.number ?? '',
    extension: plan?.extension,
    language,
    links: {},
    writesNothing: plan?.association.ticket === 'none',
    outcome: undefined,
    talkSeconds: undefined,
    ending: false,
    isOver: false,
    handedOver: false,
    chat: false,
    recording: false,
    queue: undefined,
    inbound: false,
    choice: undefined,
  };
}
