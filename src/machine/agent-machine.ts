import { and, assertEvent, assign, enqueueActions, fromCallback, fromPromise, not, setup, stopChild } from 'xstate';
import { callEnded, sessionActor, sessionOf, takeSession } from './agent-calls.js';
import type { AgentCommand, AgentContext, AgentFact, Opened } from './agent-context.js';
import { toFailure } from './failure.js';
import type { outboundMachine } from './outbound-machine.js';
import type { OutboundOutput } from './outbound-setup.js';
import { sessionMachine } from './session-machine.js';

const notProvided = () => Promise.reject(new Error('not provided'));
/**
 * The agent at work: presence, and the forms and calls that it spawns.
 *
 *   starting ─▶ ready                      ready (parallel)
 *      │  ▲                                  outbound  closed ─ dial ─▶ opening ─▶ form: open ─ dial ─▶ asking
 *      ▼  │ retryStart                                   ▲                 ▲         ▲ keep ────────────┤
 *    failed                                              └── done ─────────┼─────────┘         replace  │
 *                                                                          └───────────────────────────┘
 *                                            line      hears the platform
 *                                            presence  settled ─ setStatus ─▶ asking ─▶ settled
 *                                            next      settled ─ setNextStatus ─▶ asking ─▶ settled
 *
 * Children: `outbound`, and `session:<id>` for each call; a finished one is reaped.
 */
export const agentMachine = setup({
  types: {
    context: {} as AgentContext,
    events: {} as AgentCommand | AgentFact,
    input: {} as { online: boolean },
    children: {} as { outbound: 'outbound' } & { [id: `session:${string}`]: 'session' },
  },
  actors: {
    open: fromPromise<Opened>(notProvided),
    listen: fromCallback<AgentFact>(() => {}),
    setStatus: fromPromise<void, { status: string }>(notProvided),
    setNextStatus: fromPromise<void, { status: string | undefined }>(notProvided),
    cancelDial: fromPromise<void, { key: string }>(notProvided),
    // Bound when its file is loaded.
    loadForm: fromPromise<typeof outboundMachine>(notProvided),
    outbound: undefined as unknown as typeof outboundMachine,
    session: sessionMachine,
  },
  guards: {
    isInCall: ({ context: { sessionId, calls } }) => sessionId !== undefined && calls[sessionId]?.on === true,
    hasPending: ({ context }) => context.pending !== undefined,
    isCancelled: ({ event }) => (event as unknown as { output: OutboundOutput }).output.outcome === 'cancelled',
    hasCall: ({ context: { sessionId } }) => sessionId !== undefined,
    knowsCall: ({ context, event }) => event.type === 'record' && context.calls[event.sessionId] !== undefined,
  },
  actions: {
    openForm: enqueueActions(({ enqueue, context, event }) => {
      const { agent, settings, profile } = context.opened!;
      const { request, flowId, pressed } = context.opening!;
      const form = (event as unknown as { output: typeof outboundMachine }).output;
      const input = { request, flowId, agent, settings, line: profile, ...(pressed ? { pressed } : {}) };
      // Spawned by its logic, since it is not there when the machine is set up; the types want a name.
      enqueue.spawnChild(form as never, { id: 'outbound', input } as never);
      enqueue.assign({ opening: undefined });
    }),
    refuseInCall: assign(({ event }) => {
      assertEvent(event, 'dial');
      return { message: { code: 'in-call' as const, request: event.request } };
    }),
    formDone: enqueueActions(({ enqueue, context, event }) => {
      const { output } = event as unknown as { output: OutboundOutput };
      enqueue.stopChild('outbound');
      if (output.outcome === 'cancelled') {
        if (output.key !== undefined) enqueue.spawnChild('cancelDial', { input: { key: output.key } });
        return;
      }
      // What was to be asked comes during a call now: said, not dropped.
      if (context.pending)
        enqueue.assign({ message: { code: 'in-call', request: context.pending.request }, pending: undefined });
      const { sessionId, plan, at, contactName: name } = output;
      const call = context.calls[sessionId];
      if (call) enqueue.assign({ calls: { ...context.calls, [sessionId]: { ...call, name: call.name ?? name } } });
      else {
        const session = sessionOf(sessionId, plan, context.opened!.agent.id);
        takeSession(enqueue, context, { session, since: at, name });
      }
    }),
    hearPlatform: enqueueActions(({ enqueue, context, event }) => {
      assertEvent(event, 'platform');
      const { event: said, now } = event;
      if (said.type === 'agent.status')
        enqueue.assign({ status: said.status, nextStatus: said.next, wantedStatus: undefined });
      else if (said.type === 'connection.lost') enqueue.assign({ line: 'lost' });
      else if (said.type === 'connection.restored') enqueue.assign({ line: 'up' });
      else if ('sessionId' in said) {
        const call = context.calls[said.sessionId];
        const isNew = said.type === 'session.created' && !call;
        if (isNew) takeSession(enqueue, context, { session: said.session, since: said.at });
        if (call?.on && (said.type === 'session.ended' || said.type === 'session.closed'))
          // What was refused because of the call can be done now.
          enqueue.assign({ ...callEnded(context, said.sessionId, now), message: undefined });
        if (call || isNew) enqueue.sendTo(sessionActor(said.sessionId), said);
      }
    }),
  },
}).createMachine({
  id: 'agent',
  context: ({ input }) => ({
    status: '',
    line: 'up',
    online: input.online,
    calls: {},
    callsToday: 0,
    records: { waiting: 0, failed: 0 },
  }),
  initial: 'starting',
  on: {
    'records.counted': { actions: assign({ records: ({ event }) => event.count }) },
    'connectivity.changed': { actions: assign({ online: ({ event }) => event.online }) },
  },
  states: {
    starting: {
      entry: assign({ failure: undefined }),
      invoke: {
        src: 'open',
        onDone: {
          target: 'ready',
          actions: enqueueActions(({ enqueue, context, event: { output } }) => {
            enqueue.assign({ opened: output, status: output.profile.status });
            // A reload resumes: the call is attached to by its id, and never dialled again.
            for (const { phase, since, connectedAt, ...session } of output.profile.activeSessions)
              takeSession(enqueue, context, { session, since, phase, ...(connectedAt ? { connectedAt } : {}) });
          }),
        },
        onError: { target: 'failed', actions: assign({ failure: ({ event }) => toFailure(event.error) }) },
      },
    },
    failed: { on: { retryStart: 'starting' } },
    ready: {
      type: 'parallel',
      invoke: { src: 'listen' },
      on: {
        record: {
          guard: 'knowsCall',
          actions: enqueueActions(({ enqueue, context, event: { sessionId, fact } }) => {
            if (fact.type === 'record.associated' && fact.contact) {
              const call = { ...context.calls[sessionId]!, name: fact.contact.name };
              enqueue.assign({ calls: { ...context.calls, [sessionId]: call } });
            }
            enqueue.sendTo(sessionActor(sessionId), fact);
          }),
        },
        'settings.changed': {
          actions: assign(({ context, event }) => ({
            opened: { ...context.opened!, settings: event.settings, settingsProblems: event.problems },
          })),
        },
        closeMessage: { actions: assign({ message: undefined }) },
        endCall: {
          guard: 'isInCall',
          actions: enqueueActions(({ enqueue, context }) =>
            enqueue.sendTo(sessionActor(context.sessionId!), { type: 'end' }),
          ),
        },
        dismissCall: {
          guard: and(['hasCall', not('isInCall')]),
          actions: enqueueActions(({ enqueue, context: { sessionId, calls } }) => {
            const others = { ...calls };
            delete others[sessionId!];
            enqueue.stopChild(sessionActor(sessionId!));
            enqueue.assign({ sessionId: undefined, calls: others });
          }),
        },
      },
      states: {
        outbound: {
          initial: 'closed',
          states: {
            closed: {
              on: {
                dial: [
                  { guard: 'isInCall', actions: 'refuseInCall' },
                  { target: 'opening', actions: assign(({ event }) => ({ opening: event, message: undefined })) },
                ],
              },
            },
            // The form comes in a file of its own; mostly it is there already.
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
                  { guard: 'hasPending', target: 'form.asking', actions: 'openForm' },
                  { target: 'form', actions: 'openForm' },
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
                  actions: enqueueActions(({ enqueue, event }) => enqueue.sendTo('outbound', event.command)),
                },
                platform: {
                  // The event may come before the answer to the command.
                  guard: ({ event }) => event.event.type === 'session.created',
                  actions: enqueueActions(({ enqueue, event: { event } }) => {
                    if (event.type !== 'session.created') return;
                    const { key, sessionId, at } = event;
                    enqueue.sendTo('outbound', { type: 'call.created', key, sessionId, at });
                  }),
                },
                dial: { target: '.asking', actions: assign(({ event }) => ({ pending: event })) },
                'xstate.done.actor.outbound': [
                  {
                    guard: and(['isCancelled', 'hasPending']),
                    target: 'opening',
                    actions: ['formDone', assign(({ context }) => ({ opening: context.pending, pending: undefined }))],
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
                      actions: [
                        stopChild('outbound'),
                        assign(({ context }) => ({ opening: context.pending, pending: undefined })),
                      ],
                    },
                  },
                },
              },
            },
          },
        },
        line: { on: { platform: { actions: 'hearPlatform' } } },
        presence: {
          initial: 'settled',
          states: {
            settled: {},
            asking: {
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
          on: {
            setStatus: {
              target: '.asking',
              reenter: true,
              actions: assign({ wantedStatus: ({ event }) => event.status, message: undefined }),
            },
          },
        },
        next: {
          initial: 'settled',
          states: {
            settled: {},
            asking: {
              invoke: {
                src: 'setNextStatus',
                input: ({ event }) => ({ status: (event as Extract<AgentCommand, { type: 'setNextStatus' }>).status }),
                onDone: 'settled',
                onError: {
                  target: 'settled',
                  actions: assign(({ event }) => ({
                    message: { code: 'status-failed' as const, failure: toFailure(event.error) },
                  })),
                },
              },
            },
          },
          on: { setNextStatus: { target: '.asking', reenter: true } },
        },
      },
    },
  },
});
