import { assign } from 'xstate';
import { optionValue } from '../../domain/ticket-choice.js';
import { toFailure } from '../../domain/failure.js';
import { choiceOf, sessionContext, type SessionAct } from './session-context.js';
import { actOf, sessionSetup } from './session-setup.js';

/** Milliseconds. */
const declinedShownFor = 4000;

const reportOn = { type: 'report', params: 'on' } as const;
const reportWrapUp = { type: 'report', params: 'wrap-up' } as const;
const reportOver = { type: 'report', params: 'over' } as const;

/** The end of a call that was not connected. */
const ends = {
  'session.ended': { target: 'ended', actions: 'applyEvent' },
  'session.closed': { target: 'ended', actions: 'applyEvent' },
} as const;

/** R13: another agent has the session. A6: this agent can still save notes. */
const goesToAnother = {
  'transfer.finished': { guard: 'isHandedOver', target: 'closed', actions: ['applyEvent', 'handOver'] },
  'session.assigned': { guard: 'isLeft', target: 'closed', actions: 'handOver' },
  'session.participant-left': { guard: 'isLeft', target: 'closed', actions: ['applyEvent', 'handOver'] },
} as const;

/** A6. The platform closes the session after wrap-up has begun. */
const closesInWrapUp = [
  { guard: 'hasNotes', target: 'closed', actions: 'applyEvent' },
  { target: 'dismissed' },
] as const;

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
export const sessionMachine = sessionSetup.createMachine({
  id: 'session',
  context: ({ input }) => sessionContext(input),
  type: 'parallel',
  on: {
    'session.*': { actions: 'applyEvent' },
    'transfer.*': { actions: 'applyEvent' },
    'disposition.submitted': { actions: 'applyEvent' },
    'custom-data.received': { actions: 'applyEvent' },
    'smart-action.completed': { actions: 'applyEvent' },
    caller: { actions: assign({ caller: ({ event }) => event.facts }) },
    act: { actions: ['act', 'ask'] },
    readTicket: { actions: 'readTicket' },
    chatChanged: {
      actions: assign(({ context, event: { revision, unread = context.unread } }) => ({
        chatRevision: revision,
        ...(unread === undefined ? {} : { unread }),
      })),
    },
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
    'record.ticket-read': {
      actions: assign({ links: ({ context: { links }, event: { ticket } }) => ({ ...links, ticket }) }),
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
          entry: { type: 'report', params: 'offered' },
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
          entry: reportOver,
          on: { dismiss: 'dismissed', 'session.offered': { target: 'offered', actions: 'applyEvent' } },
          after: { [declinedShownFor]: 'dismissed' },
        },
        missed: {
          entry: reportOver,
          on: {
            'xstate.done.actor.act.back': 'dismissed',
            // The agent missed a chat during a call, and the platform keeps the call's status.
            'xstate.error.actor.act.back': { guard: 'isInCall', target: 'dismissed' },
            dismiss: 'dismissed',
            'session.offered': { target: 'offered', actions: 'applyEvent' },
          },
        },
        withdrawn: {
          entry: reportOver,
          on: { dismiss: 'dismissed', 'session.offered': { target: 'offered', actions: 'applyEvent' } },
          after: { [declinedShownFor]: 'dismissed' },
        },
        created: {
          entry: reportOn,
          on: {
            'session.connecting': 'connecting',
            'session.connected': { target: 'connected', actions: 'applyEvent' },
            ...goesToAnother,
            ...ends,
          },
        },
        connecting: {
          entry: reportOn,
          on: {
            'session.connected': { target: 'connected', actions: 'applyEvent' },
            ...goesToAnother,
            ...ends,
          },
        },
        connected: {
          entry: reportOn,
          on: {
            ...goesToAnother,
            'session.ended': { target: 'ended', actions: 'applyEvent' },
            'session.closed': [
              { guard: 'hasNotes', target: 'closed', actions: ['applyEvent', 'forgetAsked'] },
              { target: 'ended', actions: 'applyEvent' },
            ],
            'session.wrap-up': { target: 'wrapUp', actions: 'applyEvent' },
          },
        },
        ended: {
          entry: ['forgetAsked', reportOver],
          on: {
            draft: { actions: ['updateDraft', reportOver] },
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
          // A14: until then the end may become wrap-up, and the screen of the call stays.
          after: { outcomeSettled: { actions: assign({ settled: true }) } },
        },
        // A6: the agent can save notes even after the platform has closed the session.
        tooShort: {
          entry: ['forgetAsked', reportWrapUp],
          on: {
            draft: { target: 'wrapUp', guard: ({ event }) => event.notes !== '', actions: 'updateDraft' },
            'session.wrap-up-exceeded': 'exceeded',
            'session.closed': 'dismissed',
            dismiss: 'dismissed',
          },
          after: { back: { actions: ['goBack', 'ask'] } },
        },
        wrapUp: {
          entry: ['forgetAsked', reportWrapUp],
          on: {
            'session.wrap-up-exceeded': 'exceeded',
            'session.closed': closesInWrapUp,
          },
        },
        exceeded: {
          on: {
            'session.closed': closesInWrapUp,
          },
        },
        closed: {
          entry: ['forgetAsked', reportOver],
          always: { guard: ({ context }) => context.saved === true, target: 'dismissed' },
          on: {
            dismiss: 'dismissed',
            draft: { actions: ['updateDraft', reportOver] },
            'session.ended': { guard: ({ context }) => context.durations === undefined, actions: 'applyEvent' },
            'session.wrap-up': afterEnd,
            'session.closed': { actions: ['applyEvent', reportOver] },
            // R13: the session comes back before the agent has dismissed it.
            'session.offered': { guard: 'isHandedBack', target: 'offered', actions: ['applyEvent', 'takeBack'] },
            'session.assigned': [
              { guard: 'isHandedBack', target: 'created', actions: ['applyEvent', 'takeBack'] },
              // Another agent's assignment must not change whose session this is.
              {},
            ],
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
