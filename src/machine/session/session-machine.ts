import { assign, enqueueActions, fromPromise, setup } from 'xstate';
import type { RecordFact } from '../../domain/record-fact.js';
import type { Choice } from '../../domain/session.js';
import { isChat } from '../../domain/session.js';
import { optionValue, type TicketChoice } from '../../domain/ticket-choice.js';
import type { SessionEvent } from '../../telephony/platform-event.js';
import { toFailure } from '../../domain/failure.js';
import {
  backAfter,
  choiceOf,
  connectedFor,
  hasNotes,
  isHandedOver,
  isLeft,
  sessionContext,
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
} from './session-context.js';
import { changesOf } from './platform-events.js';

const notProvided = () => Promise.reject(new Error('This actor is not provided.'));
const eventDelay = 5000; // Milliseconds, as below.
const declinedShownFor = 4000;
const oneHour = 3_600_000;

/** The acts for which the platform sends an event after it has taken the command. */
const answeredByEvent: readonly SessionAct['do'][] = ['answer', 'decline', 'end', 'leave', 'save', 'back'];
const actOf = (type: string): SessionAct['do'] => type.slice(type.lastIndexOf('.') + 1) as SessionAct['do'];

/** A6: the transitions on `session.wrap-up`. A closed session has no wrap-up. */
const afterEnd = [
  { guard: 'isClosed' },
  { guard: 'isTooShort', target: 'tooShort', actions: ['applyEvent', 'setBackAt'] },
  { target: 'wrapUp', actions: 'applyEvent' },
] as const;

/**
 * One session. A command only asks the platform. The platform's events change the session's phase.
 *
 *   (routing) ─▶ offered ─ assigned ─▶ created ─▶ connecting ─▶ connected ─▶ ended ─ wrap-up ─▶ wrapUp | tooShort
 *                  │ └ declined/missed/withdrawn ─┐                           │                  │ exceeded │ back
 *                  └──────────────────────────────┴────── dismiss ──▶ dismissed ◀── saved, or dismiss ──────┘
 *
 * In parallel run the agent's acts (`act`), each until the platform has answered, and
 * `choosing` (A10): none ─ choice-needed ─▶ open ─ chooseContact ─▶ looking ─▶ open ─ assign ─▶ assigning ─▶ assigned,
 * back to `none` when the agent or the keeper has settled contact and ticket.
 * Events that come late, twice or after the end change nothing.
 */
export const sessionMachine = setup({
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
    setBackAt: assign(({ event }) => ('at' in event ? { backAt: later(event.at, backAfter) } : {})),
    updateDraft: assign(({ context, event }) => {
      if (event.type !== 'draft') return {};
      const { type: _t, ...draft } = event;
      const { save, ...others } = context.asked;
      // After a change, the agent can save the notes again.
      const asked = save === 'taken' ? others : context.asked;
      return { draft: { ...context.draft, ...draft }, saved: false, asked };
    }),
    reportOver: enqueueActions(({ enqueue, context, self }) => {
      const fact: SessionFact = { type: 'session.over', sessionId: context.session.id, notes: hasNotes(context) };
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
    // Ends the ring if the platform's event gets lost.
    offerOver: ({ context }) => untilIso(context.expiresAt, context.since) + eventDelay,
    back: ({ context }) => untilIso(context.backAt, context.since),
  },
}).createMachine({
  id: 'session',
  context: ({ input }) => sessionContext(input),
  type: 'parallel',
  on: {
    'session.*': { actions: 'applyEvent' },
    'transfer.*': { actions: 'applyEvent' },
    'disposition.submitted': { actions: 'applyEvent' },
    caller: { actions: assign({ caller: ({ event }) => event.facts }) },
    act: { actions: ['act', 'ask'] },
    closeFailure: { actions: assign({ actFailure: undefined, refusedTransfer: undefined }) },
    // With the connection back, the agent can repeat an act that failed without it.
    'connection.restored': {
      guard: ({ context }) => context.actFailure?.failure.code === 'offline',
      actions: assign({ actFailure: undefined }),
    },
    draft: { actions: 'updateDraft' },
    'xstate.done.actor.*': { actions: ['endAct', 'ask'] },
    'xstate.error.actor.*': {
      actions: assign(({ context, event }) => {
        const { type, error } = event as unknown as { type: string; error: unknown };
        const { [actOf(type)]: _d, ...asked } = context.asked;
        // A4: the consultation ended but its event was lost, so the agent is back with the customer.
        if (actOf(type) === 'cancel-transfer' && toFailure(error).code === 'not-available')
          return { asked, transfer: undefined };
        return { asked, actFailure: { act: { do: actOf(type) } as SessionAct, failure: toFailure(error) } };
      }),
    },
    'record.associated': {
      actions: assign(({ context, event: { contact, ticket } }) => ({
        links: { ...context.links, ...(contact ? { contact } : {}), ...(ticket ? { ticket } : {}) },
        recordFailure: undefined,
        choice: undefined,
        chosen: {},
        tickets: undefined,
        choiceFailure: undefined,
      })),
    },
    'record.failed': { actions: assign({ recordFailure: ({ event }) => event.failure }) },
    'device.lost': { actions: assign({ deviceLost: true }) },
    'device.chosen': { actions: assign({ deviceLost: undefined }) },
    'record.recovered': { actions: assign({ recordFailure: undefined }) },
  },
  onDone: {},
  states: {
    phase: {
      initial: 'routing',
      states: {
        routing: {
          always: [
            { guard: ({ context }) => context.phase === 'offered', target: 'offered' },
            { guard: ({ context }) => context.phase === 'connected', target: 'connected' },
            { guard: ({ context }) => context.phase === 'connecting', target: 'connecting' },
            { guard: ({ context }) => context.phase === 'wrap-up' && context.backAt !== undefined, target: 'tooShort' },
            { guard: ({ context }) => context.phase === 'wrap-up', target: 'wrapUp' },
            { guard: ({ context }) => context.phase === 'ended', target: 'ended' },
            { target: 'created' },
          ],
        },
        offered: {
          exit: 'forgetAsked',
          on: {
            'session.assigned': [
              { guard: 'isElsewhere', target: 'withdrawn', actions: 'applyEvent' },
              { target: 'created', actions: 'applyEvent' },
            ],
            'session.connecting': 'connecting',
            'session.connected': { target: 'connected', actions: 'applyEvent' },
            'session.missed': 'missed',
            'session.withdrawn': [{ guard: 'isDeclined', target: 'declined' }, { target: 'withdrawn' }],
            'session.abandoned': 'withdrawn',
            'session.ended': { target: 'withdrawn', actions: 'applyEvent' },
            'session.closed': 'withdrawn',
          },
          after: { offerOver: 'withdrawn' },
        },
        // The platform may offer the call again, also to this agent.
        declined: {
          on: { dismiss: 'dismissed', 'session.offered': { target: 'offered', actions: 'applyEvent' } },
          after: { [declinedShownFor]: 'dismissed' },
        },
        missed: {
          on: {
            'xstate.done.actor.act.back': 'dismissed',
            // The agent missed a chat during a call, and the platform keeps the call's status.
            'xstate.error.actor.act.back': { guard: 'isInCall', target: 'dismissed' },
            dismiss: 'dismissed',
            'session.offered': { target: 'offered', actions: 'applyEvent' },
          },
        },
        withdrawn: {
          on: { dismiss: 'dismissed', 'session.offered': { target: 'offered', actions: 'applyEvent' } },
          after: { [declinedShownFor]: 'dismissed' },
        },
        created: {
          on: {
            'session.connecting': 'connecting',
            'session.connected': { target: 'connected', actions: 'applyEvent' },
            'session.ended': { target: 'ended', actions: 'applyEvent' },
            'session.closed': { target: 'ended', actions: 'applyEvent' },
          },
        },
        connecting: {
          on: {
            'session.connected': { target: 'connected', actions: 'applyEvent' },
            'session.ended': { target: 'ended', actions: 'applyEvent' },
            'session.closed': { target: 'ended', actions: 'applyEvent' },
          },
        },
        connected: {
          on: {
            // A6: after the hand-over, the agent can still save notes.
            'transfer.finished': { guard: 'isHandedOver', target: 'closed', actions: ['applyEvent', 'handOver'] },
            'session.assigned': { guard: 'isLeft', target: 'closed', actions: 'handOver' },
            'session.participant-left': { guard: 'isLeft', target: 'closed', actions: ['applyEvent', 'handOver'] },
            'session.ended': { target: 'ended', actions: 'applyEvent' },
            'session.closed': [
              { guard: 'hasNotes', target: 'closed', actions: ['applyEvent', 'forgetAsked'] },
              { target: 'ended', actions: 'applyEvent' },
            ],
            'session.wrap-up': { target: 'wrapUp', actions: 'applyEvent' },
          },
        },
        ended: {
          entry: ['forgetAsked', 'reportOver'],
          on: {
            draft: { actions: ['updateDraft', 'reportOver'] },
            // `session.closed` came before `session.ended`, which brings the durations.
            'session.ended': { guard: ({ context }) => context.durations === undefined, actions: 'applyEvent' },
            'session.wrap-up': afterEnd,
            // A6: there is no wrap-up after a transfer, or if the settings give it 0 seconds.
            'session.closed': [
              { guard: 'hasNotes', target: 'closed', actions: 'applyEvent' },
              { actions: 'applyEvent' },
            ],
            dismiss: [{ guard: 'hasNotes', target: 'closed' }, { target: 'dismissed' }],
          },
        },
        // A6: the agent can save notes even after the platform has closed the session.
        tooShort: {
          entry: 'forgetAsked',
          on: {
            draft: { target: 'wrapUp', guard: ({ event }) => event.notes !== '', actions: 'updateDraft' },
            'session.wrap-up-exceeded': 'exceeded',
            'session.closed': 'dismissed',
            dismiss: 'dismissed',
          },
          after: { back: { actions: ['goBack', 'ask'] } },
        },
        wrapUp: {
          entry: 'forgetAsked',
          on: {
            'session.wrap-up-exceeded': 'exceeded',
            'session.closed': [{ guard: 'hasNotes', target: 'closed', actions: 'applyEvent' }, { target: 'dismissed' }],
          },
        },
        exceeded: {
          on: {
            'session.closed': [{ guard: 'hasNotes', target: 'closed', actions: 'applyEvent' }, { target: 'dismissed' }],
          },
        },
        closed: {
          entry: ['forgetAsked', 'reportOver'],
          always: { guard: ({ context }) => context.saved === true, target: 'dismissed' },
          on: {
            dismiss: 'dismissed',
            draft: { actions: ['updateDraft', 'reportOver'] },
            'session.ended': { guard: ({ context }) => context.durations === undefined, actions: 'applyEvent' },
            'session.wrap-up': afterEnd,
            'session.closed': { actions: ['applyEvent', 'reportOver'] },
          },
        },
        dismissed: { type: 'final', entry: 'reportDismissed' },
      },
    },
    choosing: {
      initial: 'none',
      states: {
        none: {
          on: { 'record.choice-needed': { target: 'open', actions: assign({ choice: ({ event }) => event.choice }) } },
        },
        open: {
          initial: 'idle',
          always: { guard: ({ context }) => context.choice === undefined, target: 'none' },
          on: {
            'record.choice-needed': { actions: assign({ choice: ({ event }) => event.choice }) },
            chooseContact: [
              { guard: 'asksTicket', target: '.looking', actions: 'chooseContact' },
              { target: '.idle', actions: 'chooseContact' },
            ],
            chooseTicket: {
              actions: assign({ chosen: ({ context, event }) => ({ ...context.chosen, ticket: event.value }) }),
            },
            assign: { guard: 'isChosen', target: '.assigning' },
          },
          states: {
            idle: {},
            looking: {
              entry: assign({ choiceFailure: undefined }),
              on: { assign: {} },
              invoke: {
                src: 'offerTickets',
                input: ({ context }) => ({ sessionId: context.session.id, contactId: context.chosen.contact! }),
                onDone: {
                  target: 'idle',
                  actions: assign(({ context, event: { output: tickets } }) => ({
                    tickets,
                    ...(tickets?.preselected
                      ? { chosen: { ...context.chosen, ticket: optionValue(tickets.preselected) } }
                      : {}),
                  })),
                },
                onError: {
                  target: 'failed',
                  actions: assign({ choiceFailure: ({ event }) => toFailure(event.error) }),
                },
              },
            },
            failed: { on: { retryTickets: 'looking' } },
            assigning: {
              entry: assign({ choiceFailure: undefined }),
              on: { chooseContact: {}, chooseTicket: {}, assign: {} },
              invoke: {
                src: 'assignRecord',
                input: ({ context: { session, chosen } }) => ({ sessionId: session.id, choice: choiceOf(chosen) }),
                // The keeper's fact about the record comes later.
                onDone: 'assigned',
                onError: { target: 'idle', actions: assign({ choiceFailure: ({ event }) => toFailure(event.error) }) },
              },
            },
            assigned: { on: { chooseContact: {}, chooseTicket: {}, assign: {} } },
          },
        },
      },
    },
  },
});

const later = (at: string, milliseconds: number): string => new Date(Date.parse(at) + milliseconds).toISOString();
/** Milliseconds between two times of the platform. An hour if the end is unknown. */
const untilIso = (to: string | undefined, from: string): number =>
  to === undefined ? oneHour : Math.max(0, Date.parse(to) - Date.parse(from));
