import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { getInitialSnapshot, getNextSnapshot, type EventFromLogic, type SnapshotFrom } from 'xstate';
import { getShortestPaths } from 'xstate/graph';
import { sessionMachine } from '../../src/machine/session-machine.js';
import type { SessionInput } from '../../src/machine/session-context.js';

type Snapshot = SnapshotFrom<typeof sessionMachine>;
type Event = EventFromLogic<typeof sessionMachine>;

const start = '2026-03-02T09:00:00.000Z';
const session = { id: 's', channel: 'ivr-call', direction: 'inbound', agentId: 'me' } as const;
const told = { id: 'e', at: '2026-03-02T09:01:00.000Z', sessionId: 's' };
const jonas = { kind: 'agent', id: '103', label: 'Jonas Weber' } as const;
const durations = { total: 60, talk: 60, hold: 0, wait: 0 };

/** Every event that moves a session, or could, by the name that the tables below use. */
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
  decline: { type: 'act', act: { do: 'decline' } },
  save: { type: 'act', act: { do: 'save' } },
  saved: { type: 'xstate.done.actor.act.save' } as unknown as Event,
  back: { type: 'xstate.done.actor.act.back' } as unknown as Event,
  dismiss: { type: 'dismiss' },
} satisfies Record<string, Event>;
type Name = keyof typeof events;

const names = Object.keys(events) as Name[];
/** What the platform tells, not the agent. */
const platforms = names.filter((name) => 'sessionId' in events[name]);
const rings: SessionInput = { session, since: start, phase: 'offered' };
const lineOf = ({ value }: Pick<Snapshot, 'value'>): string => (value as { line: string }).line;
const step = (from: Snapshot, ...path: Name[]): Snapshot =>
  path.reduce((snapshot, name) => getNextSnapshot(sessionMachine, snapshot, events[name]), from);
const ringing = () => getInitialSnapshot(sessionMachine, rings);

/** Two snapshots are the same place on the way where nothing that a guard asks for differs. */
function place(snapshot: Snapshot): string {
  const { draft, saved, asked, phase, connectedAt, durations: told, session: one } = snapshot.context;
  return JSON.stringify([lineOf(snapshot), draft.notes, saved, asked, phase, connectedAt, told?.talk, one.agentId]);
}

function shortest(from: Snapshot): Map<string, { path: Name[]; snapshot: Snapshot }> {
  const found = new Map<string, { path: Name[]; snapshot: Snapshot }>();
  const paths = getShortestPaths(sessionMachine, {
    fromState: from,
    events: names.map((name) => events[name]),
    serializeState: (snapshot) => place(snapshot as Snapshot),
  });
  for (const { state, steps } of paths) {
    const path = steps.map(({ event }) => names.find((name) => events[name] === event)).filter((name) => name !== undefined);
    const known = found.get(lineOf(state));
    if (!known || path.length < known.path.length) found.set(lineOf(state), { path, snapshot: state });
  }
  return found;
}

const waysIn = () => Object.fromEntries([...shortest(ringing())].map(([line, { path }]) => [line, path.join(' ')]));
const waysOut = () =>
  Object.fromEntries(
    [...shortest(ringing())].map(([line, { snapshot }]) => [line, shortest(snapshot).get('dismissed')?.path.join(' ')]),
  );
console.log(waysIn(), waysOut());
