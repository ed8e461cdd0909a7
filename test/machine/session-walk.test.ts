import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { getInitialSnapshot, getNextSnapshot, type EventFromLogic, type SnapshotFrom } from 'xstate';
import { getShortestPaths } from 'xstate/graph';
import { choiceView } from '../../src/machine/session/choice-view.js';
import { sessionMachine } from '../../src/machine/session/session-machine.js';
import type { SessionInput } from '../../src/machine/session/session-context.js';

type Snapshot = SnapshotFrom<typeof sessionMachine>;
type Event = EventFromLogic<typeof sessionMachine>;

const start = '2026-03-02T09:00:00.000Z';
const session = { id: 's', channel: 'ivr-call', direction: 'inbound', agentId: 'me' } as const;
const told = { id: 'e', at: '2026-03-02T09:01:00.000Z', sessionId: 's' };
const jonas = { kind: 'agent', id: '103', label: 'Jonas Weber' } as const;
const durations = { total: 60, talk: 60, hold: 0, wait: 0 };

/** Every event that moves a session or could move it, by the name in the tables below. */
const events = {
  offered: { ...told, type: 'session.offered', session },
  mine: { ...told, type: 'session.assigned', session, agent: 'me' },
  anothers: { ...told, type: 'session.assigned', session: { ...session, agentId: '103' }, agent: '103' },
  connecting: { ...told, type: 'session.connecting' },
  connected: { ...told, type: 'session.connected' },
  held: { ...told, type: 'session.held', held: true },
  muted: { ...told, type: 'session.muted', muted: true },
  missed: { ...told, type: 'session.missed' },
  withdrawn: { ...told, type: 'session.withdrawn' },
  abandoned: { ...told, type: 'session.abandoned', session },
  consulting: { ...told, type: 'transfer.started', target: jonas, mode: 'warm' },
  handedOver: { ...told, type: 'transfer.finished', target: jonas, mode: 'cold' },
  handedToMe: { ...told, type: 'transfer.finished', target: { kind: 'agent', id: 'me', label: 'Me' }, mode: 'cold' },
  handedOutside: { ...told, type: 'transfer.finished', target: { ...jonas, kind: 'outside' }, mode: 'cold' },
  notHandedOver: { ...told, type: 'transfer.failed', target: jonas, mode: 'warm' },
  left: {
    ...told,
    type: 'session.participant-left',
    participant: { id: 'agent-me', kind: 'agent', label: 'Me', held: false },
  },
  ended: { ...told, type: 'session.ended', endedBy: 'customer', durations },
  endedSoon: { ...told, type: 'session.ended', endedBy: 'customer', durations: { ...durations, total: 9, talk: 9 } },
  wrapUp: { ...told, type: 'session.wrap-up', until: '2026-03-02T09:01:30.000Z' },
  exceeded: { ...told, type: 'session.wrap-up-exceeded' },
  closed: { ...told, type: 'session.closed' },
  noted: { type: 'draft', notes: 'Wants a refund.' },
  notedMore: { type: 'draft', notes: 'Wants a refund, and an apology.' },
  decline: { type: 'act', act: { do: 'decline' } },
  save: { type: 'act', act: { do: 'save' } },
  saved: { type: 'xstate.done.actor.act.save' } as unknown as Event,
  back: { type: 'xstate.done.actor.act.back' } as unknown as Event,
  dismiss: { type: 'dismiss' },
} satisfies Record<string, Event>;
type Name = keyof typeof events;

const names = Object.keys(events) as Name[];
/** The platform's events, without the agent's. */
const platforms = names.filter((name) => 'sessionId' in events[name]);
const rings: SessionInput = { session, since: start, phase: 'offered' };
const stateOf = ({ value }: Pick<Snapshot, 'value'>): string => (value as { phase: string }).phase;
const step = (from: Snapshot, ...path: Name[]): Snapshot =>
  path.reduce((snapshot, name) => getNextSnapshot(sessionMachine, snapshot, events[name]), from);
const ringing = () => getInitialSnapshot(sessionMachine, rings);

/** The events that can lead to another state. */
const movers = names.filter(
  (name) =>
    !['held', 'muted', 'consulting', 'handedToMe', 'handedOutside', 'notHandedOver', 'abandoned', 'save'].includes(
      name,
    ),
);

/** Two snapshots with equal places are equal for every guard. */
function place(snapshot: Snapshot): string {
  const { draft, saved, asked, phase, connectedAt, durations: lasted } = snapshot.context;
  return JSON.stringify([stateOf(snapshot), draft.notes, saved, asked.decline, phase, connectedAt, lasted?.talk]);
}

/** The shortest path to each state. */
function waysFrom(from: Snapshot): ReadonlyMap<string, { path: string; snapshot: Snapshot }> {
  const found = new Map<string, { path: string; snapshot: Snapshot }>();
  const paths = getShortestPaths(sessionMachine, {
    fromState: from,
    events: movers.map((name) => events[name]),
    serializeState: (snapshot) => place(snapshot as Snapshot),
  });
  for (const { state, steps } of [...paths].sort((one, other) => one.steps.length - other.steps.length)) {
    const path = steps.flatMap(({ event }) => movers.filter((name) => events[name] === event)).join(' ');
    if (!found.has(stateOf(state))) found.set(stateOf(state), { path, snapshot: state });
  }
  return found;
}

/**
 * For each state, the shortest path from a first ring, and from there to the end, by the agent's presses and the
 * platform's events.
 */
const ways: Readonly<Record<string, readonly [to: string, on: string]>> = {
  offered: ['', 'anothers dismiss'],
  created: ['mine', 'anothers dismiss'],
  connecting: ['connecting', 'anothers dismiss'],
  connected: ['connected', 'anothers dismiss'],
  missed: ['missed', 'back'],
  withdrawn: ['anothers', 'dismiss'],
  declined: ['decline withdrawn', 'dismiss'],
  ended: ['mine ended', 'dismiss'],
  wrapUp: ['connected wrapUp', 'closed'],
  exceeded: ['connected wrapUp exceeded', 'closed'],
  tooShort: ['connected anothers wrapUp', 'closed'],
  closed: ['mine anothers', 'dismiss'],
  dismissed: ['anothers dismiss', ''],
};

/** Sessions that are over, each by its own path, with and without notes. */
const over: Readonly<Record<string, readonly [path: readonly Name[], state: string]>> = {
  'the caller hung up, and it is put away': [['withdrawn', 'dismiss'], 'dismissed'],
  'the call has closed': [['connected', 'ended', 'closed'], 'ended'],
  'it closed before its end event came': [['connected', 'closed'], 'ended'],
  'a colleague has it, and it has closed': [['connected', 'handedOver', 'closed'], 'closed'],
  'wrap-up is over': [['connected', 'ended', 'wrapUp', 'closed'], 'dismissed'],
  'wrap-up is over, with notes': [['connected', 'noted', 'ended', 'wrapUp', 'closed'], 'closed'],
  'a colleague has it, with notes': [['connected', 'noted', 'handedOver', 'closed'], 'closed'],
  'the agent has left it, with notes': [['connected', 'noted', 'left', 'closed'], 'closed'],
};

/** Sessions with notes, and the effect of a press. */
const withNotes: Readonly<Record<string, readonly [path: readonly Name[], state: string]>> = {
  'Done asks for them first': [['connected', 'noted', 'ended', 'dismiss'], 'closed'],
  'they are asked for when a colleague has the call': [['connected', 'noted', 'handedOver'], 'closed'],
  'thrown away': [['connected', 'noted', 'ended', 'wrapUp', 'closed', 'dismiss'], 'dismissed'],
  'saved, and closed': [['connected', 'noted', 'ended', 'wrapUp', 'save', 'saved', 'closed'], 'dismissed'],
  'more is typed while they are saved': [
    ['connected', 'noted', 'ended', 'wrapUp', 'save', 'notedMore', 'saved', 'closed'],
    'closed',
  ],
  'saved once they have closed': [['connected', 'noted', 'closed', 'save', 'saved'], 'dismissed'],
};

describe('the statechart of a session', () => {
  it('A5 A6 every state can be reached, and each leads to the end', () => {
    const found = [...waysFrom(ringing())].map(([state, { path, snapshot }]) => [
      state,
      [path, waysFrom(snapshot).get('dismissed')?.path],
    ]);
    assert.deepEqual(Object.fromEntries(found), ways);
    const all = Object.keys(sessionMachine.config.states!.phase!.states!).filter((state) => state !== 'routing');
    assert.deepEqual(Object.keys(ways).sort(), all.sort());
  });

  for (const [what, [path, state]] of Object.entries(over))
    it(`A5 A6 ${what}: late and repeated events change nothing`, () => {
      const snapshot = step(ringing(), ...path);
      assert.equal(stateOf(snapshot), state);
      for (const one of platforms)
        for (const other of platforms) assert.equal(stateOf(step(snapshot, one, other)), state, `${one}, ${other}`);
    });

  it('A4 repeated events of hold, mute and a transfer change nothing', () => {
    for (const name of ['held', 'muted', 'consulting'] as const) {
      const once = step(ringing(), 'connected', name);
      const twice = step(once, name);
      assert.deepEqual([twice.value, twice.context], [once.value, once.context], name);
    }
    assert.equal(step(ringing(), 'connected', 'held').context.held, true);
  });

  it('A6 notes survive any event of the platform, in every state in which they can be typed', () => {
    for (const { snapshot } of waysFrom(step(ringing(), 'connected')).values()) {
      const state = stateOf(snapshot);
      if (state === 'dismissed') continue;
      const noted = step(snapshot, 'noted');
      for (const one of platforms)
        for (const other of platforms) {
          const after = step(noted, one, other);
          assert.equal(after.context.draft.notes, 'Wants a refund.', `${state}: ${one}, ${other}`);
          assert.notEqual(stateOf(after), 'dismissed', `${state}: ${one}, ${other}`);
        }
    }
  });

  it('A10 R13 after a transfer the next agent chooses the contact, and not the one before', () => {
    const needed = { type: 'record.choice-needed', choice: { contacts: [], asksTicket: false } } as const;
    const asked = (...path: Name[]) => {
      const { context, value } = getNextSnapshot(sessionMachine, step(ringing(), ...path), needed);
      return choiceView(context, (value as { choosing: unknown }).choosing)?.isColleagues;
    };
    assert.equal(asked('connected', 'handedOver'), true);
    assert.equal(asked('mine', 'handedToMe', 'connected'), false);
    assert.equal(asked('connected', 'handedOutside'), false, 'nobody else has the panel');
  });

  it('R13 a session that another agent has can come back before the agent has dismissed it', () => {
    for (const away of ['handedOver', 'anothers'] as const) {
      const gone = step(ringing(), 'connected', 'noted', away);
      assert.equal(stateOf(step(gone, 'offered')), 'offered', away);
      const back = step(gone, 'offered', 'mine', 'connected');
      assert.deepEqual([stateOf(back), back.context.handedOver], ['connected', undefined], away);
      assert.equal(back.context.draft.notes, 'Wants a refund.', away);
      assert.equal(stateOf(step(gone, 'mine')), 'created', away);
      assert.equal(stateOf(step(gone, 'anothers', 'mine')), 'created', away);
      assert.equal(stateOf(step(gone, 'closed', 'offered', 'mine')), 'closed', away);
    }
  });

  it('A6 a call is too short by the time for which it was connected, including hold', () => {
    for (const [talk, hold, state] of [
      [9, 0, 'tooShort'],
      [4, 6, 'tooShort'],
      [4, 14, 'wrapUp'],
      [11, 0, 'wrapUp'],
    ] as const) {
      const ended = { ...events.ended, durations: { ...durations, talk, hold } } as const;
      const over = getNextSnapshot(sessionMachine, step(ringing(), 'connected'), ended);
      assert.equal(stateOf(step(over, 'wrapUp')), state, `${talk} s, and ${hold} s on hold`);
    }
  });

  for (const [what, [path, state]] of Object.entries(withNotes))
    it(`A6 notes: ${what}`, () => assert.equal(stateOf(step(ringing(), ...path)), state));
});
