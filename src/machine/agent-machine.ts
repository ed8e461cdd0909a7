import { and, assertEvent, assign, enqueueActions, fromCallback, fromPromise, not, setup, stopChild } from 'xstate';
import { callEnded, sessionActor, sessionOf, takeSession } from './agent-calls.js';
import type { DialRequest } from '../domain/dial.js';
import type { AgentCommand, AgentContext, AgentFact, Opened } from './agent-context.js';
import { toFailure } from './failure.js';
import { outboundMachine } from './outbound-machine.js';
import type { OutboundOutput } from './outbound-setup.js';
import { sessionMachine } from './session-machine.js';

const notProvided = () => Promise.reject(new Error('not provided'));
/**
 * The agent at work: presence, and the forms and calls that it spawns.
 *
 *   starting ─▶ ready                      ready (parallel)
 *      │  ▲                                  outbound  closed ─ dial ─▶ open ─ dial ─▶ asking ─ replace ▶ open
 *      ▼  │ retryStart                                   ▲◀── done ──────┘              └─ keep ───▶ open
 *    failed                                  presence  settled ─ setStatus ─▶ asking ─▶ settled
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
    outbound: outboundMachine,
    session: sessionMachine,
  },
  guards: {
    isInCall: ({ context: { sessionId, calls } }) => sessionId !== undefined && calls[sessionId]?.on === true,
    hasCall: ({ context: { sessionId } }) => sessionId !== undefined,
    knowsCall: ({ context, event }) => event.type === 'record' && context.calls[event.sessionId] !== undefined,
  },
  actions: {
    openForm: enqueueActions(
      ({ enqueue, context }, start: { request: DialRequest; flowId: string; pressed?: boolean }) => {
        const { agent, settings, profile } = context.opened!;
        enqueue.spawnChild('outbound', { id: 'outbound', input: { ...start, agent, settings, line: profile } });
      },
    ),
    formDone: enqueueActions(({ enqueue, context, event }) => {
      const { output } = event as unknown as { output: OutboundOutput };
      enqueue.stopChild('outbound');
      enqueue.assign({ pending: undefined });
      if (output.outcome === 'cancelled') {
        if (output.key !== undefined) enqueue.spawnChild('cancelDial', { input: { key: output.key } });
        return;
      }
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
          enqueue.assign(callEnded(context, said.sessionId, now));
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
                  {
                    guard: 'isInCall',
                    actions: assign(({ event }) => ({ message: { code: 'in-call' as const, request: event.request } })),
                  },
                  {
                    target: 'open',
                    actions: [
                      assign({ message: undefined }),
                      {
                        type: 'openForm',
                        params: ({ event }) => ({
                          request: event.request,
                          flowId: event.flowId,
                          pressed: event.pressed,
                        }),
                      },
                    ],
                  },
                ],
              },
            },
            open: {
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
                'xstate.done.actor.outbound': { target: 'closed', actions: 'formDone' },
                dial: {
                  target: 'asking',
                  actions: assign(({ event }) => ({
                    pending: { request: event.request, flowId: event.flowId, pressed: event.pressed },
                  })),
                },
              },
            },
            asking: {
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
                'xstate.done.actor.outbound': { target: 'closed', actions: 'formDone' },
                dial: {
                  actions: assign(({ event }) => ({
                    pending: { request: event.request, flowId: event.flowId, pressed: event.pressed },
                  })),
                },
                keepRequest: { target: 'open', actions: assign({ pending: undefined }) },
                replaceRequest: {
                  target: 'open',
                  actions: [
                    stopChild('outbound'),
                    { type: 'openForm', params: ({ context }) => context.pending! },
                    assign({ pending: undefined }),
                  ],
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
