import { and, assertEvent, assign, enqueueActions, not, setup, type SnapshotFrom } from 'xstate';
import {
  dismissSession,
  sessionActor,
  sessionEnded,
  sessionOf,
  takeSession,
  type LineContext,
} from './line-sessions.js';
import type { LineCommand, LineFact, LineState, SessionState } from './line-state.js';
import { isHandedOver, sessionMachine } from './session-machine.js';

export interface LineInput {
  agentId: string;
  /** What the platform says at sign-in, and what the tab that led before knew. */
  state: LineState;
}

/**
 * What the platform says, in the tab that leads: the agent's status, the line, and a statechart for each session.
 * Only events move it; a session that has ended stays on screen until it is dismissed, or another comes.
 *
 * Children: `session:<id>` for each session that is held.
 */
export const lineMachine = setup({
  types: {
    context: {} as LineContext,
    events: {} as LineCommand | LineFact,
    input: {} as LineInput,
    children: {} as { [id: `session:${string}`]: 'session' },
  },
  actors: { session: sessionMachine },
  guards: {
    hasSession: ({ context }) => context.sessionId !== undefined,
    isOn: ({ context: { sessionId, calls } }) => sessionId !== undefined && calls[sessionId]?.on === true,
    isKnown: ({ context, event }) => 'sessionId' in event && context.calls[event.sessionId] !== undefined,
  },
  actions: {
    hearPlatform: enqueueActions(({ enqueue, context, event }) => {
      assertEvent(event, 'platform');
      const { event: said, now } = event;
      if (said.type === 'agent.status') enqueue.assign({ status: said.status, nextStatus: said.next });
      else if (said.type === 'connection.lost') enqueue.assign({ line: 'lost' });
      else if (said.type === 'connection.restored') enqueue.assign({ line: 'up' });
      else if ('sessionId' in said) {
        const { sessionId } = said;
        const call = context.calls[sessionId];
        const isMine =
          said.type === 'session.created' || (said.type === 'session.assigned' && said.agent === context.agentId);
        const isNew = isMine && !call;
        if (isNew) takeSession(enqueue, context, { session: said.session, since: said.at });
        const leaves = said.type === 'transfer.finished' && isHandedOver(said, { agentId: context.agentId });
        if (call?.on && (leaves || said.type === 'session.ended' || said.type === 'session.closed'))
          enqueue.assign(sessionEnded(context, sessionId, now));
        if (call || isNew) enqueue.sendTo(sessionActor(sessionId), said);
      }
    }),
    hearKeeper: enqueueActions(({ enqueue, context, event }) => {
      assertEvent(event, 'record');
      const { sessionId, fact } = event;
      if (fact.type === 'record.associated' && fact.contact) {
        const call = { ...context.calls[sessionId]!, name: fact.contact.name };
        enqueue.assign({ calls: { ...context.calls, [sessionId]: call } });
      }
      enqueue.sendTo(sessionActor(sessionId), fact);
    }),
    // A session is attached to by its id, and never dialled again.
    resume: enqueueActions(({ enqueue, context, event }) => {
      assertEvent(event, 'resumed');
      const { phase, since, connectedAt, ...session } = event.session;
      const more = { ...(connectedAt ? { connectedAt } : {}), ...(event.links ? { links: event.links } : {}) };
      takeSession(enqueue, context, { session, since, phase, ...more, ...(event.name ? { name: event.name } : {}) });
    }),
    takePlaced: enqueueActions(({ enqueue, context, event }) => {
      assertEvent(event, 'placed');
      const { sessionId, plan, at, contactName: name } = event;
      const call = context.calls[sessionId];
      if (call) enqueue.assign({ calls: { ...context.calls, [sessionId]: { ...call, name: call.name ?? name } } });
      else {
        const session = sessionOf(sessionId, plan, context.agentId);
        takeSession(enqueue, context, { session, since: at, ...(name ? { name } : {}) });
      }
    }),
  },
}).createMachine({
  id: 'line',
  context: ({ input: { agentId, state } }) => {
    const { sessions: _s, sessionId: _i, calls: _c, ...line } = state;
    return { ...line, calls: {}, agentId };
  },
  on: {
    platform: { actions: 'hearPlatform' },
    resumed: { actions: 'resume' },
    record: { guard: 'isKnown', actions: 'hearKeeper' },
    placed: { actions: 'takePlaced' },
    day: {
      guard: ({ context, event }) => event.callsToday > context.callsToday,
      actions: assign(({ event: { callsToday, lastCall } }) => ({ callsToday, lastCall })),
    },
    showSession: { guard: 'isKnown', actions: assign({ sessionId: ({ event }) => event.sessionId }) },
    session: {
      guard: 'isKnown',
      actions: enqueueActions(({ enqueue, event }) => enqueue.sendTo(sessionActor(event.sessionId), event.command)),
    },
    endCall: {
      guard: 'isOn',
      actions: enqueueActions(({ enqueue, context }) =>
        enqueue.sendTo(sessionActor(context.sessionId!), { type: 'end' }),
      ),
    },
    dismissCall: {
      guard: and(['hasSession', not('isOn')]),
      actions: enqueueActions(({ enqueue, context }) => dismissSession(enqueue, context)),
    },
  },
});

/** The line as every tab shows it: JSON, with each session's statechart as it stands. */
export function lineState({ context, children }: SnapshotFrom<typeof lineMachine>): LineState {
  const { agentId: _a, ...line } = context;
  const sessions: Record<string, SessionState> = {};
  for (const id of Object.keys(context.calls)) {
    const snapshot = children[sessionActor(id)]?.getSnapshot();
    if (snapshot) sessions[id] = { value: snapshot.value, context: snapshot.context };
  }
  return { ...line, sessions };
}
