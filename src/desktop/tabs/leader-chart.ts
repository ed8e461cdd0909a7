import { createActor, type ActorRefFrom } from 'xstate';
import type { Environment } from '../../environment/environment.js';
import { own } from '../../domain/own.js';
import { leaderState, type leaderMachine } from '../../machine/leader/leader-machine.js';
import type { LeaderCommand, LeaderFact, LeaderState, SessionState } from '../../machine/leader/leader-state.js';
import type { ActiveSession } from '../../telephony/telephony.js';
import { xstateClock } from '../xstate-clock.js';
import type { Resumed } from './resumed-sessions.js';

export interface LeaderChartOptions {
  machine: typeof leaderMachine;
  environment: Pick<Environment, 'timers'>;
  agentId: string;
  /** The state of the previous leader. */
  state: LeaderState;
  sessions: readonly Resumed[];
  /** Is called after the statechart has changed, once for all transitions of one task. */
  changed: (state: LeaderState) => void;
  /** Is called after an error, with the sessions that the new statechart has taken up. */
  restarted: (cause: unknown, sessions: readonly ActiveSession[]) => void;
}

/** The most restarts in a row. After these, the chart restarts only when it gets another event. */
const maxRestarts = 5;

/**
 * Runs the leader's statechart. A statechart takes no events after an error, and no call would ring. `LeaderChart`
 * therefore starts a new statechart with the known sessions, except for sessions that cause errors. `restarted` must
 * then ask the platform for missed events.
 */
export class LeaderChart {
  /** The ids of the sessions that cause errors in the statechart. */
  readonly leftOut = new Set<string>();
  readonly #options: LeaderChartOptions;
  readonly #timers: Timers;
  readonly #watched = new WeakSet<object>();
  #actor: ActorRefFrom<typeof leaderMachine>;
  #state: LeaderState;
  /** The error that stopped the statechart, until the restart. */
  #broken: { cause: unknown } | undefined;
  /** The number of restarts since the statechart last took an event without an error. */
  #inARow = 0;
  #changePending = false;
  #stopped = false;

  constructor(options: LeaderChartOptions) {
    this.#options = options;
    this.#timers = new Timers(options.environment);
    this.#state = options.state;
    this.#actor = this.#start(options.sessions);
    this.#state = leaderState(this.#actor.getSnapshot());
    this.#changed();
  }

  get state(): LeaderState {
    return this.#state;
  }

  /** The calls at this moment, before the next `changed`. */
  get calls(): LeaderState['calls'] {
    return this.#actor.getSnapshot().context.calls;
  }

  send(event: LeaderCommand | LeaderFact): void {
    this.#actor.send(event);
    if (this.#broken) this.#restart();
    else this.#inARow = 0;
  }

  stop(): void {
    this.#stopped = true;
    this.#actor.stop();
    this.#timers.clear();
  }

  #restart(): void {
    const { cause } = this.#broken!;
    const { sessionId, unrecorded, endCards = 0 } = this.#state;
    const resumed = Object.values(this.#state.sessions).flatMap((one) => resumedOf(one) ?? []);
    this.#inARow++;
    this.#actor = this.#start(resumed);
    if (unrecorded) this.#actor.send({ type: 'unrecorded', unrecorded, endCards });
    if (sessionId !== undefined) this.#actor.send({ type: 'showSession', sessionId });
    const taken = resumed.filter(({ session }) => own(this.calls, session.id));
    this.#options.restarted(
      cause,
      taken.map(({ session }) => session),
    );
    this.#changed();
  }

  #start(sessions: readonly Resumed[]): ActorRefFrom<typeof leaderMachine> {
    const { machine, agentId, restarted } = this.#options;
    this.#timers.clear();
    this.#broken = undefined;
    const actor = createActor(machine, { input: { agentId, state: this.#state }, clock: this.#timers });
    actor.subscribe({ next: () => this.#changed(), error: (cause: unknown) => this.#breaks(actor, cause) });
    this.#actor = actor;
    actor.start();
    for (const session of sessions) {
      actor.send(session);
      const failed = this.#broken as { cause: unknown } | undefined;
      if (!failed) continue;
      this.leftOut.add(session.session.id);
      queueMicrotask(() => restarted(failed.cause, []));
      return this.#start(sessions.filter((one) => one !== session));
    }
    return actor;
  }

  /** Notes an error from an event, a timer or an actor's answer, and restarts the statechart after this task. */
  #breaks(actor: object, cause: unknown): void {
    if (actor !== this.#actor || this.#stopped) return;
    this.#broken = { cause };
    queueMicrotask(() => {
      if (this.#broken && !this.#stopped && this.#inARow < maxRestarts) this.#restart();
    });
  }

  #changed(): void {
    this.#watchSessions();
    if (this.#changePending) return;
    this.#changePending = true;
    queueMicrotask(() => {
      this.#changePending = false;
      if (this.#stopped || this.#broken) return;
      this.#state = leaderState(this.#actor.getSnapshot());
      this.#options.changed(this.#state);
    });
  }

  /** Subscribes to new sessions, because a session changes without a transition of the leader's statechart. */
  #watchSessions(): void {
    const { children } = this.#actor.getSnapshot();
    for (const child of Object.values(children))
      if (child && !this.#watched.has(child)) {
        this.#watched.add(child);
        child.subscribe({ next: () => this.#changed(), error: () => undefined });
      }
  }
}

/**
 * The timers of a statechart and its sessions. After an error, the statechart does not stop its sessions, so `clear`
 * must end their timers.
 */
class Timers {
  readonly #clock: ReturnType<typeof xstateClock>;
  readonly #set = new Set<unknown>();

  constructor(environment: Pick<Environment, 'timers'>) {
    this.#clock = xstateClock(environment);
  }

  setTimeout = (run: () => void, milliseconds: number): number => {
    const timer = this.#clock.setTimeout(() => {
      this.#set.delete(timer);
      run();
    }, milliseconds);
    this.#set.add(timer);
    return timer;
  };

  clearTimeout = (timer: unknown): void => {
    this.#set.delete(timer);
    this.#clock.clearTimeout(timer);
  };

  clear(): void {
    for (const timer of [...this.#set]) this.clearTimeout(timer);
  }
}

const phases = new Map<string, ActiveSession['phase']>([
  ['offered', 'offered'],
  ['created', 'assigned'],
  ['connecting', 'connecting'],
  ['connected', 'connected'],
  ['ended', 'ended'],
  ['tooShort', 'wrap-up'],
  ['wrapUp', 'wrap-up'],
  ['exceeded', 'wrap-up'],
  ['closed', 'ended'],
]);

/**
 * The event with which the new statechart resumes the session, as after a reload. Undefined if the session needs
 * nothing more.
 */
function resumedOf({ value, context }: SessionState): Resumed | undefined {
  const phase = phases.get(String((value as { phase?: unknown }).phase));
  if (!phase) return undefined;
  const { session, since, connectedAt, muted, held, recordingPaused, participants } = context;
  const active = { ...session, since, phase, muted, held, recordingPaused, participants };
  const name = context.links.contact?.name;
  return {
    type: 'resumed',
    session: { ...active, ...(connectedAt && { connectedAt }) },
    kept: context,
    ...(name !== undefined && { name }),
  };
}
