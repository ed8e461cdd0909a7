import { and, assertEvent, assign, enqueueActions, fromCallback, fromPromise, raise, setup } from 'xstate';
import type { AgentCommand, AgentContext, AgentFact, Opened } from './agent-context.js';
import { toFailure } from '../../domain/failure.js';
import type { outboundMachine } from '../outbound/outbound-machine.js';
import { callOn, stateAtSignIn, type LeaderState } from '../leader/leader-state.js';
import type { OutboundInput } from '../outbound/outbound-context.js';
import type { OutboundCommand, OutboundOutput } from '../outbound/outbound-setup.js';

const notProvided = () => Promise.reject(new Error('This actor is not provided.'));

/**
 * The agent in one tab: the status, and the outbound form. Calls are part of the leader's state, which every tab shows.
 *
 *   starting ─▶ ready                      ready (parallel)
 *      │  ▲                                  outbound  closed ─ dial ─▶ (opening ─▶) form: open ─ dial ─▶ asking
 *      ▼  │ retryStart                                   ▲                 ▲           ▲ keep ────────────┤
 *    failed                                              └── done ─────────┼───────────┘         replace  │
 *                                                                          └─────────────────────────────┘
 *                                            leader    takes the leader's state after each change
 *                                            presence  settled ─ setStatus ─▶ asking ─▶ settled
 *                                            next      settled ─ setNextStatus ─▶ asking ─▶ settled
 *                                            leaving   no ─ logOut ─▶ sending ─▶ no | asking ─ discard ─▶ sending
 *
 * Children: `outbound` and `leader`.
 */
export const agentMachine = setup({
  types: {
    context: {} as AgentContext,
    events: {} as AgentCommand | AgentFact,
    input: {} as { online: boolean },
    children: {} as { outbound: 'outbound'; leader: 'leader' },
  },
  actors: {
    open: fromPromise<Opened>(notProvided),
    // Sends `leader.changed` after each change of the leader's state.
    leader: fromCallback(() => {}),
    setStatus: fromPromise<void, { status: string }>(notProvided),
    setNextStatus: fromPromise<void, { status: string | undefined }>(notProvided),
    takeBack: fromPromise<void>(notProvided),
    logOut: fromPromise<void, { discard: boolean }>(notProvided),
    logIn: fromPromise<void>(notProvided),
    // The desktop provides this actor, which loads the form's file.
    loadForm: fromPromise<void>(notProvided),
    outbound: undefined as unknown as typeof outboundMachine,
  },
  guards: {
    isInCall: ({ context }) => callOn(context.leader) !== undefined,
    // A6: without this guard, a logout would lose the notes of a session.
    isInSession: ({ context: { leader } }) =>
      Object.values(leader.calls).some(({ work }) => work !== 'offered' && work !== 'over'),
    isNoNext: ({ context, event }) =>
      callOn(context.leader) === undefined &&
      context.wantedNext !== undefined &&
      toFailure((event as { error?: unknown }).error).code === 'invalid',
    isLoggedOut: ({ context }) => context.leader.loggedOut === true,
    hasPending: ({ context }) => context.pending !== undefined,
    // The desktop provides this guard. A form whose file is loaded opens in the same step (Q2).
    isFormLoaded: () => false,
    isTouched: ({ context }) => context.touched === true,
    isCancelled: ({ event }) => (event as unknown as { output: OutboundOutput }).output.outcome === 'cancelled',
  },
  actions: {
    // The desktop provides this action, which spawns `outbound` with `formInput`: its file loads later.
    spawnForm: () => {
      throw new Error('This action is not provided.');
    },
    formOpened: assign({ opening: undefined, touched: false }),
    takeRequest: assign(({ event }) => {
      assertEvent(event, 'dial');
      return { opening: event, message: undefined, tab: 'call' as const, options: undefined };
    }),
    takePending: assign(({ context }) => ({ opening: context.pending, pending: undefined })),
    // Cancels the plans of the replaced form.
    closeForm: enqueueActions(({ enqueue }) => {
      enqueue.stopChild('outbound');
      enqueue.spawnChild('takeBack');
    }),
    wantStatus: assign(({ event }) => {
      assertEvent(event, 'setStatus');
      return { wantedStatus: event.status, message: undefined };
    }),
    wantNext: assign({ wantedNext: ({ event }) => (event.type === 'setNextStatus' ? event.status : undefined) }),
    reportNotDone: assign(({ event }) => ({
      message: { code: 'not-done' as const, failure: toFailure((event as unknown as { error: unknown }).error) },
    })),
    refuseInCall: assign(({ event }) => {
      assertEvent(event, 'dial');
      return { message: { code: 'in-call' as const, request: event.request } };
    }),
    formDone: enqueueActions(({ enqueue, context, event }) => {
      const { output } = event as unknown as { output: OutboundOutput };
      enqueue.stopChild('outbound');
      if (output.outcome === 'cancelled') {
        if (output.dialled) enqueue.spawnChild('takeBack');
        return;
      }
      // The form has become a call. A pending request cannot open its form now, so the agent gets a message.
      if (context.pending)
        enqueue.assign({ message: { code: 'in-call', request: context.pending.request }, pending: undefined });
    }),
    showLeader: assign(({ context, event }) => {
      assertEvent(event, 'leader.changed');
      const { state: leader } = event;
      const before = context.leader;
      const answered = leader.status !== before.status || leader.status === context.wantedStatus;
      const inCall = (state: LeaderState) => callOn(state) !== undefined;
      const isNew = leader.sessionId !== undefined && leader.sessionId !== before.sessionId;
      return {
        leader,
        ...(answered ? { wantedStatus: undefined } : {}),
        ...(isNew ? { tab: 'call' as const, options: undefined } : {}),
        // At the end of a call, a message about the call is out of date.
        ...(inCall(before) && !inCall(leader) ? { message: undefined } : {}),
      };
    }),
  },
}).createMachine({
  id: 'agent',
  context: ({ input }) => ({
    leader: stateAtSignIn({ status: '' }),
    online: input.online,
    tab: 'call',
    records: { waiting: 0, failed: 0 },
  }),
  initial: 'starting',
  on: {
    'records.counted': { actions: assign({ records: ({ event }) => event.count }) },
    'connectivity.changed': { actions: assign({ online: ({ event }) => event.online }) },
    // `takeBack` failed. If one of the plans becomes a call, the platform's events show the call.
    'xstate.error.actor.*': {},
  },
  states: {
    starting: {
      entry: assign({ failure: undefined }),
      invoke: {
        src: 'open',
        onDone: {
          target: 'ready',
          actions: assign(({ event: { output } }) => ({ leader: output.leader, opened: output })),
        },
        onError: { target: 'failed', actions: assign({ failure: ({ event }) => toFailure(event.error) }) },
      },
    },
    failed: { on: { retryStart: 'starting' } },
    ready: {
      type: 'parallel',
      invoke: { id: 'leader', src: 'leader' },
      on: {
        'leader.changed': { actions: 'showLeader' },
        'profile.changed': {
          actions: assign(({ context, event }) => ({ opened: { ...context.opened!, profile: event.profile } })),
        },
        'settings.changed': {
          actions: assign(({ context, event: { type: _t, ...checked } }) => ({
            opened: { ...context.opened!, ...checked },
          })),
        },
        outdated: { actions: assign({ message: { code: 'outdated' as const } }) },
        showTab: { actions: assign({ tab: ({ event }) => event.tab }) },
        showOptions: { actions: assign({ options: ({ event }) => event.page }) },
        closeMessage: { actions: assign({ message: undefined }) },
      },
      states: {
        outbound: {
          initial: 'closed',
          states: {
            closed: {
              on: {
                dial: [
                  { guard: 'isLoggedOut', actions: assign({ message: { code: 'logged-out' as const } }) },
                  { guard: 'isInCall', actions: 'refuseInCall' },
                  { guard: 'isFormLoaded', target: 'form', actions: ['takeRequest', 'spawnForm', 'formOpened'] },
                  { target: 'opening', actions: 'takeRequest' },
                ],
              },
            },
            // The form's file loads after the first paint, so it is usually loaded already.
            opening: {
              on: {
                dial: { actions: assign(({ event }) => ({ pending: event })) },
                outbound: {
                  guard: ({ event }) => event.command.type === 'cancel',
                  target: 'closed',
                  actions: assign({ opening: undefined, pending: undefined }),
                },
              },
              invoke: {
                src: 'loadForm',
                onDone: [
                  { guard: 'hasPending', target: 'form.asking', actions: ['spawnForm', 'formOpened'] },
                  { target: 'form', actions: ['spawnForm', 'formOpened'] },
                ],
                onError: {
                  target: 'closed',
                  actions: assign(({ context, event }) => ({
                    message: { code: 'not-opened' as const, ...context.opening!, failure: toFailure(event.error) },
                    opening: undefined,
                  })),
                },
              },
            },
            form: {
              initial: 'open',
              on: {
                outbound: {
                  actions: enqueueActions(({ enqueue, context, event: { command } }) => {
                    if (!context.touched && touches(command)) enqueue.assign({ touched: true });
                    enqueue.sendTo('outbound', command);
                  }),
                },
                // These events may come before the answer to the dial command.
                'call.*': {
                  actions: enqueueActions(({ enqueue, event }) => {
                    if (event.type === 'call.connected') enqueue.assign({ spokenTo: event.sessionId });
                    enqueue.sendTo('outbound', event);
                  }),
                },
                // A17: an untouched form is replaced without a question.
                dial: [
                  { guard: 'isTouched', target: '.asking', actions: assign(({ event }) => ({ pending: event })) },
                  { target: '.open', actions: ['closeForm', 'takeRequest', 'spawnForm', 'formOpened'] },
                ],
                'xstate.done.actor.outbound': [
                  {
                    guard: and(['isCancelled', 'hasPending']),
                    target: 'opening',
                    actions: ['formDone', 'takePending'],
                  },
                  { target: 'closed', actions: 'formDone' },
                ],
              },
              states: {
                open: {},
                asking: {
                  on: {
                    keepRequest: { target: 'open', actions: assign({ pending: undefined }) },
                    replaceRequest: {
                      target: '#agent.ready.outbound.opening',
                      actions: ['closeForm', 'takePending'],
                    },
                  },
                },
              },
            },
          },
        },
        presence: {
          initial: 'settled',
          states: {
            settled: { on: { setStatus: { target: 'asking', actions: 'wantStatus' } } },
            // Re-enters the state itself. Re-entering the whole region would also close the open form.
            asking: {
              on: { setStatus: { target: 'asking', reenter: true, actions: 'wantStatus' } },
              invoke: {
                src: 'setStatus',
                input: ({ context }) => ({ status: context.wantedStatus! }),
                onDone: 'settled',
                onError: {
                  target: 'settled',
                  actions: assign(({ event }) => ({
                    wantedStatus: undefined,
                    message: { code: 'status-failed' as const, failure: toFailure(event.error) },
                  })),
                },
              },
            },
          },
        },
        next: {
          initial: 'settled',
          states: {
            settled: { on: { setNextStatus: { target: 'asking', actions: 'wantNext' } } },
            asking: {
              on: { setNextStatus: { target: 'asking', reenter: true, actions: 'wantNext' } },
              invoke: {
                src: 'setNextStatus',
                input: ({ event }) => ({ status: (event as Extract<AgentCommand, { type: 'setNextStatus' }>).status }),
                onDone: 'settled',
                onError: [
                  {
                    // No call is on, so there is no next status. The choice then sets the status.
                    guard: 'isNoNext',
                    target: 'settled',
                    actions: raise(({ context }) => ({ type: 'setStatus' as const, status: context.wantedNext! })),
                  },
                  {
                    target: 'settled',
                    actions: assign(({ event }) => ({
                      message: { code: 'status-failed' as const, failure: toFailure(event.error) },
                    })),
                  },
                ],
              },
            },
          },
        },
        // B5: a log-out sends the waiting records first. If some cannot be sent, the agent is asked.
        leaving: {
          initial: 'no',
          states: {
            no: {
              on: {
                logOut: [
                  { guard: 'isInSession', actions: assign({ message: { code: 'in-session' as const } }) },
                  { target: 'sending', actions: assign({ message: undefined }) },
                ],
                logIn: { target: 'back', actions: assign({ message: undefined }) },
              },
            },
            sending: {
              invoke: {
                src: 'logOut',
                input: ({ event }) => ({ discard: event.type === 'discard' }),
                onDone: 'no',
                onError: [
                  { guard: ({ event }) => toFailure(event.error).code === 'records-wait', target: 'asking' },
                  { target: 'no', actions: 'reportNotDone' },
                ],
              },
            },
            asking: { on: { stay: 'no', discard: 'sending' } },
            back: { invoke: { src: 'logIn', onDone: 'no', onError: { target: 'no', actions: 'reportNotDone' } } },
          },
        },
      },
    },
  },
});

/** What the form of the request that is being opened starts with. */
export function formInput({ opened, opening }: AgentContext): OutboundInput {
  const { agent, settings, profile } = opened!;
  const { request, flowId, pressed } = opening!;
  return { request, flowId, agent, settings, profile, pressed };
}

/** A17: the commands that change nothing in the form, so that another request may replace it. */
const looksOnly: readonly OutboundCommand['type'][] = [
  'retry',
  'closeNotice',
  'openKeypad',
  'back',
  'moreContacts',
  'moreTickets',
];
const touches = ({ type }: OutboundCommand): boolean => !looksOnly.includes(type);
