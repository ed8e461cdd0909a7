import { assign, enqueueActions, fromPromise, setup } from 'xstate';
import type { RecordFact } from '../../domain/record-fact.js';
import type { Choice } from '../../domain/session.js';
import { isChat } from '../../domain/session.js';
import { type TicketChoice } from '../../domain/ticket-choice.js';
import type { SessionEvent } from '../../telephony/platform-event.js';
import { toFailure } from '../../domain/failure.js';
import {
  backAfter,
  connectedFor,
  hasNotes,
  isHandedOver,
  isLeft,
  shortCall,
  type CallerFacts,
  type Draft,
  type SessionAct,
  type DeviceFact,
  type ConnectionRestored,
  type SessionCommand,
  type SessionContext,
  type SessionFact,
  type SessionInput,
  type SessionWork,
} from './session-context.js';
import { changesOf } from './platform-events.js';

const notProvided = () => Promise.reject(new Error('This actor is not provided.'));
/** Milliseconds. */
const eventDelay = 5000;
const oneHour = 3_600_000;

/** The acts for which the platform sends an event after it has taken the command. */
const answeredByEvent: readonly SessionAct['do'][] = ['answer', 'decline', 'end', 'leave', 'save', 'back'];
export const actOf = (type: string): SessionAct['do'] => type.slice(type.lastIndexOf('.') + 1) as SessionAct['do'];

/** What the session's statechart is given: its types, guards, actions, actors and delays. */
export const sessionSetup = setup({
  types: {
    context: {} as SessionContext,
    events: {} as
      | SessionCommand
      | RecordFact
      | DeviceFact
      | ConnectionRestored
      | { type: 'caller'; facts: CallerFacts }
      | SessionEvent,
    input: {} as SessionInput,
    children: {} as { [id: `act.${string}`]: 'act' },
  },
  actors: {
    act: fromPromise<void, { sessionId: string; act: SessionAct; draft: Draft }>(notProvided),
    offerTickets: fromPromise<TicketChoice | undefined, { sessionId: string; contactId: string }>(notProvided),
    assignRecord: fromPromise<void, { sessionId: string; choice: Choice }>(notProvided),
  },
  guards: {
    isHandedOver: ({ context, event }) => event.type === 'transfer.finished' && isHandedOver(event, context.session),
    isLeft: ({ context, event }) => isLeft(event as SessionEvent, context.session.agentId),
    isHandedBack: ({ context, event }) =>
      context.handedOver === true &&
      context.phase !== 'ended' &&
      (event.type !== 'session.assigned' || event.agent === context.session.agentId),
    isElsewhere: ({ context, event }) =>
      event.type === 'session.assigned' &&
      context.session.agentId !== undefined &&
      event.agent !== context.session.agentId,
    isInCall: ({ event }) => toFailure((event as { error?: unknown }).error).code === 'invalid',
    // `session.closed` may come before the events that precede it.
    isClosed: ({ context }) => context.phase === 'ended',
    isDeclined: ({ context }) => context.asked.decline !== undefined,
    // A6: a chat is never too short, and neither is a call with notes.
    isTooShort: ({ context, event }) =>
      !isChat(context.session) &&
      context.connectedAt !== undefined &&
      connectedFor(context, 'at' in event ? event.at : context.since) <= shortCall &&
      !hasNotes(context),
    hasNotes: ({ context }) => hasNotes(context),
    asksTicket: ({ context }) => context.choice?.asksTicket === true,
    isChosen: ({ context: { choice, chosen } }) =>
      chosen.contact !== undefined && (choice?.asksTicket !== true || chosen.ticket !== undefined),
  },
  actions: {
    applyEvent: assign(({ context, event }) => {
      const changes = changesOf[event.type as SessionEvent['type']];
      return changes?.(context, event as SessionEvent) ?? {};
    }),
    handOver: assign({ handedOver: true }),
    takeBack: assign({ handedOver: undefined }),
    setBackAt: assign(({ event }) => ('at' in event ? { backAt: later(event.at, backAfter) } : {})),
    updateDraft: assign(({ context, event }) => {
      if (event.type !== 'draft') return {};
      const { type: _t, ...draft } = event;
      const { save, ...others } = context.asked;
      // After a change, the agent can save the notes again.
      const asked = save === 'taken' ? others : context.asked;
      return { draft: { ...context.draft, ...draft }, saved: false, asked };
    }),
    report: enqueueActions(({ enqueue, context, self }, work: SessionWork) => {
      const left = work === 'over' && hasNotes(context) ? 'unsaved' : work;
      const fact: SessionFact = { type: 'session.work', sessionId: context.session.id, work: left };
      if (self._parent) enqueue.sendTo(self._parent, fact);
    }),
    reportDismissed: enqueueActions(({ enqueue, context, self }) => {
      const fact: SessionFact = { type: 'session.dismissed', sessionId: context.session.id };
      if (self._parent) enqueue.sendTo(self._parent, fact);
    }),
    forgetAsked: assign({ asked: {}, actFailure: undefined, refusedTransfer: undefined }),
    act: enqueueActions(({ enqueue, context, event }) => {
      if (event.type !== 'act') return;
      const { act } = event;
      if (context.asked[act.do] !== 'sent') enqueue.assign({ toAsk: act });
      else if (act.do === 'digits') enqueue.assign({ digits: (context.digits ?? '') + act.digits });
    }),
    // Bound to the keeper. Its fact brings the ticket.
    readTicket: (_, _params: undefined) => {},
    goBack: assign({ toAsk: { do: 'back' } }),
    ask: enqueueActions(({ enqueue, context }) => {
      const { toAsk: act, session, draft, asked } = context;
      if (!act) return;
      const id = `act.${act.do}` as const;
      enqueue.assign({ asked: { ...asked, [act.do]: 'sent' }, actFailure: undefined, toAsk: undefined });
      if (act.do === 'save') enqueue.assign({ sent: draft });
      enqueue.stopChild(id);
      enqueue.spawnChild('act', { id, input: { sessionId: session.id, act, draft } });
    }),
    endAct: enqueueActions(({ enqueue, context, event }) => {
      const done = actOf((event as { type: string }).type);
      const { [done]: sent, ...others } = context.asked;
      // The platform has not saved the text that the agent typed after sending.
      const saved = context.sent === context.draft;
      if (done === 'save') enqueue.assign({ saved });
      // If the act's event came before the answer, no further event comes.
      const isPending = sent && answeredByEvent.includes(done) && (done !== 'save' || saved);
      enqueue.assign({ asked: isPending ? { ...others, [done]: 'taken' } : others });
      if (done === 'digits' && context.digits)
        enqueue.assign({ toAsk: { do: 'digits', digits: context.digits }, digits: undefined });
    }),
    chooseContact: assign(({ event }) =>
      event.type === 'chooseContact' ? { chosen: { contact: event.value }, tickets: undefined } : {},
    ),
  },
  delays: {
    outcomeSettled: 3000,
    // Ends the ring if the platform's event gets lost.
    offerOver: ({ context }) => untilIso(context.expiresAt, context.since) + eventDelay,
    back: ({ context }) => untilIso(context.backAt, context.since),
  },
});

const later = (at: string, milliseconds: number): string => new Date(Date.parse(at) + milliseconds).toISOString();
/** Milliseconds between two times of the platform. An hour if the end is unknown. */
const untilIso = (to: string | undefined, from: string): number =>
  to === undefined ? oneHour : Math.max(0, Date.parse(to) - Date.parse(from));
