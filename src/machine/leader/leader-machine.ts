import { own } from '../../domain/own.js';
import { isChat } from '../../domain/session.js';
import { assertEvent, assign, enqueueActions, setup, type SnapshotFrom } from 'xstate';
import {
  dismissSession,
  sessionActor,
  sessionOf,
  sessionReports,
  takeSession,
  type LeaderContext,
} from './leader-sessions.js';
import { callOn, type LeaderCommand, type LeaderFact, type LeaderState, type SessionState } from './leader-state.js';
import type { SessionEvent } from '../../telephony/platform-event.js';
import { isSettled, type SessionContext, type SessionFact, type SessionInput } from '../session/session-context.js';
import { sessionMachine } from '../session/session-machine.js';

export interface LeaderInput {
  agentId: string;
  /** The platform's state at sign-in, with the previous leader's state. */
  state: LeaderState;
}

/**
 * The leader's view of the platform: the agent's status, the connection, and a statechart for each session. Only events
 * change this view. An ended session stays on screen until the agent dismisses it or another session comes.
 *
 * Children: `session:<id>` for each session.
 */
export const leaderMachine = setup({
  types: {
    context: {} as LeaderContext,
    events: {} as LeaderCommand | LeaderFact | SessionFact,
    input: {} as LeaderInput,
    children: {} as { [id: `session:${string}`]: 'session' },
  },
  actors: { session: sessionMachine },
  guards: {
    isOn: ({ context }) => workOnScreen(context) === 'on',
    isOver: ({ context }) => workOnScreen(context) === 'over',
    isUnsaved: ({ context }) => workOnScreen(context) === 'unsaved',
    isKnown: ({ context, event }) => 'sessionId' in event && own(context.calls, event.sessionId) !== undefined,
  },
  actions: {
    leave: enqueueActions(({ enqueue, context, event }) => {
      assertEvent(event, 'session.dismissed');
      dismissSession(enqueue, context, event.sessionId);
    }),
    takeReport: assign(({ context, event }) => {
      assertEvent(event, 'session.work');
      return sessionReports(context, event.sessionId, event.work);
    }),
    takePlatformEvent: enqueueActions(({ enqueue, context, event }) => {
      assertEvent(event, 'platform');
      const { event: platformEvent, now, records } = event;
      enqueue.assign({ now });
      if (platformEvent.type === 'agent.status')
        enqueue.assign({ status: platformEvent.status, nextStatus: platformEvent.next });
      else if (platformEvent.type === 'connection.lost') enqueue.assign({ connection: 'down' });
      else if (platformEvent.type === 'connection.restored') {
        enqueue.assign({ connection: 'up' });
        for (const id of Object.keys(context.calls)) enqueue.sendTo(sessionActor(id), { type: 'connection.restored' });
      } else if (platformEvent.type === 'device.lost') {
        const call = callOn(context);
        if (call) enqueue.sendTo(sessionActor(call), { type: 'device.lost' });
      } else if ('sessionId' in platformEvent) {
        const { sessionId } = platformEvent;
        const isKnown = own(context.calls, sessionId) !== undefined;
        enqueue.assign(({ context: { listed } }) => ({ listed: listedAfter(listed, platformEvent.type) }));
        const taken = isKnown ? undefined : takenBy(platformEvent, context.agentId, records);
        if (taken) takeSession(enqueue, context, taken);
        if (isKnown || taken) enqueue.sendTo(sessionActor(sessionId), platformEvent);
        if (isKnown && platformEvent.type === 'session.missed') enqueue.assign({ missed: true });
      }
    }),
    takeRecordFact: enqueueActions(({ enqueue, context, event }) => {
      assertEvent(event, 'record');
      const { sessionId, fact } = event;
      const name = fact.type === 'record.associated' ? fact.contact?.name : undefined;
      const { calls, lastCall } = context;
      // The agent may have dismissed the call before the CRM names the customer.
      if (name && lastCall?.sessionId === sessionId) enqueue.assign({ lastCall: { ...lastCall, name } });
      const call = own(calls, sessionId);
      if (!call) return;
      if (name) enqueue.assign({ calls: { ...calls, [sessionId]: { ...call, name } } });
      enqueue.sendTo(sessionActor(sessionId), fact);
    }),
    // Takes a session that was active at sign-in. Its id prevents a second actor.
    resume: enqueueActions(({ enqueue, context, event }) => {
      assertEvent(event, 'resumed');
      const { kept, name } = event;
      const { phase, since, connectedAt, muted, held, recordingPaused, participants, ...session } = event.session;
      takeSession(enqueue, context, {
        ...{ session, since, phase, muted, held, recordingPaused, participants },
        ...(connectedAt ? { connectedAt } : {}),
        ...(kept ? { kept } : {}),
        ...(name ? { name } : {}),
      });
    }),
    takePlaced: enqueueActions(({ enqueue, context, event }) => {
      assertEvent(event, 'placed');
      const { sessionId, plan, at, contactName: name } = event;
      const call = own(context.calls, sessionId);
      if (call) enqueue.assign({ calls: { ...context.calls, [sessionId]: { ...call, name: call.name ?? name } } });
      else {
        const session = sessionOf(sessionId, plan, context.agentId);
        takeSession(enqueue, context, {
          session,
          since: at,
          kept: { recorded: plan.record },
          ...(name ? { name } : {}),
        });
      }
    }),
  },
}).createMachine({
  id: 'leader',
  context: ({ input: { agentId, state } }) => {
    const { sessions: _s, sessionId: _i, calls: _c, unrecorded: _h, endCards: _e, ...shared } = state;
    return { ...shared, calls: {}, agentId, now: '' };
  },
  on: {
    platform: { actions: 'takePlatformEvent' },
    resumed: { actions: 'resume' },
    record: { actions: 'takeRecordFact' },
    placed: { actions: 'takePlaced' },
    day: {
      actions: assign(({ context, event: { callsToday, lastCall, missed } }) => ({
        ...(callsToday > context.callsToday ? { callsToday, lastCall } : {}),
        ...(missed ? { missed } : {}),
      })),
    },
    missedSeen: { actions: assign({ missed: undefined }) },
    recorded: {
      actions: assign({
        listed: ({ context: { listed } }) => ({ history: listed.history + 1, voicemails: listed.voicemails + 1 }),
      }),
    },
    unrecorded: { actions: assign(({ event: { unrecorded, endCards } }) => ({ unrecorded, endCards })) },
    showSession: { guard: 'isKnown', actions: assign({ sessionId: ({ event }) => event.sessionId }) },
    session: {
      guard: 'isKnown',
      actions: enqueueActions(({ enqueue, event }) => enqueue.sendTo(sessionActor(event.sessionId), event.command)),
    },
    setDevices: {
      actions: enqueueActions(({ enqueue, context }) => {
        const call = callOn(context);
        if (call) enqueue.sendTo(sessionActor(call), { type: 'device.chosen' });
      }),
    },
    endCall: {
      guard: 'isOn',
      actions: enqueueActions(({ enqueue, context }) =>
        enqueue.sendTo(sessionActor(context.sessionId!), { type: 'act', act: { do: 'end' } }),
      ),
    },
    dismissCall: [
      // A6. The session's statechart asks about the notes first.
      {
        guard: 'isUnsaved',
        actions: enqueueActions(({ enqueue, context }) =>
          enqueue.sendTo(sessionActor(context.sessionId!), { type: 'dismiss' }),
        ),
      },
      {
        guard: 'isOver',
        actions: enqueueActions(({ enqueue, context }) => dismissSession(enqueue, context, context.sessionId!)),
      },
    ],
    caller: {
      guard: 'isKnown',
      actions: enqueueActions(({ enqueue, event: { sessionId, facts } }) =>
        enqueue.sendTo(sessionActor(sessionId), { type: 'caller', facts }),
      ),
    },
    // A finished session leaves by itself.
    'session.dismissed': { guard: 'isKnown', actions: 'leave' },
    'session.work': { guard: 'isKnown', actions: 'takeReport' },
  },
});

/** R18, A3: counts the events that change the platform's lists. */
const listedAfter = ({ history, voicemails }: LeaderState['listed'], type: SessionEvent['type']) => ({
  history: history + (type === 'session.ended' || type === 'session.missed' ? 1 : 0),
  voicemails: voicemails + (type.startsWith('voicemail.') ? 1 : 0),
});

/** The session that the event gives to this agent. Undefined if the event gives none. */
function takenBy(event: SessionEvent, agentId: string, recorded: boolean): SessionInput | undefined {
  const { type, at: since } = event;
  if (type === 'session.offered') {
    const { session, expiresAt, autoAnswerAt } = event;
    const until = { ...(expiresAt ? { expiresAt } : {}), ...(autoAnswerAt ? { autoAnswerAt } : {}) };
    return { session, since, phase: 'offered', kept: { recorded, ...until } };
  }
  const isMine = type === 'session.created' || (type === 'session.assigned' && event.agent === agentId);
  return isMine ? { session: event.session, since, kept: { recorded } } : undefined;
}

const workOnScreen = ({ sessionId, calls }: LeaderContext) => own(calls, sessionId)?.work;

const screens: Partial<Record<string, SessionState['screen']>> = {
  offered: 'incoming',
  declined: 'incoming',
  missed: 'incoming',
  withdrawn: 'incoming',
  tooShort: 'wrap-up',
  wrapUp: 'wrap-up',
  exceeded: 'wrap-up',
  closed: 'wrap-up',
};

/** The screen of a session. An ended one keeps the screen of its call until its outcome is settled (A14). */
const screenFor = (phase: string, context: SessionContext): SessionState['screen'] => {
  const ownScreen = isChat(context.session) ? 'chat' : 'call';
  return phase === 'ended' ? (isSettled(context) ? 'wrap-up' : ownScreen) : (own(screens, phase) ?? ownScreen);
};

/** The state for every tab, as JSON, with the state of each session's statechart. */
export function leaderState({ context, children }: SnapshotFrom<typeof leaderMachine>): LeaderState {
  const { agentId: _a, now: _n, ...state } = context;
  const sessions = Object.keys(context.calls).flatMap((id): [string, SessionState][] => {
    const snapshot = children[sessionActor(id)]?.getSnapshot();
    if (!snapshot) return [];
    const { value, context } = snapshot;
    return [[id, { value, context, screen: screenFor((value as { phase: string }).phase, context) }]];
  });
  return { ...state, sessions: Object.fromEntries(sessions) };
}
