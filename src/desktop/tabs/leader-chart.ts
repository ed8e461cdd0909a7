import { createActor, type ActorRefFrom } from 'xstate';
import type { Environment } from '../../environment/environment.js';
import { own } from '../../domain/own.js';
import { leaderState, type leaderMachine } from '../../machine/leader/leader-machine.js';
import type { LeaderCommand, LeaderFact, LeaderState, SessionState } from '../../machine/leader/leader-state.js';
import type { ActiveSession } from '../../telephony/telephony.js';
import { xstateClock } from '../xstate-clock.js';

type Resumed = Extract<LeaderFact, { type: 'resumed' }>;

export interface LeaderChartOptions {
  machine: typeof leaderMachine;
  environment: Pick<Environment, 'timers'>;
  agentId: string;
  /** What the tab that led before knew, and the sessions that are on. */
  state: LeaderState;
  sessions: readonly Resumed[];
  /** Many transitions are one change. */
  changed: (state: LeaderState) => void;
  /** It has met an error, and goes on with these sessions. */
  restarted: (cause: unknown, sessions: readonly ActiveSession[]) => void;
}

/** So often in a row it is started again by itself: one that cannot go on waits for the next event. */
const mostInARow = 5;

/**
 * The leader's statechart. One that errors takes no event any more, and no call would ring: it is started again with what
 * is known, but for what it cannot take. What it missed, the platform is asked for.
 */
export class LeaderChart {
  /** The sessions that it could not take up, by their ids. */
  readonly leftOut = new Set<string>();
  readonly #options: LeaderChartOptions;
  readonly #timers: Timers;
  readonly #watched = new WeakSet<object>();
  #actor: ActorRefFrom<typeof leaderMachine>;
  #state: LeaderState;
  /** The error that it has met. */
  #broken: { cause: unknown } | undefined;
  /** How often it was started again since it took an event. */
  #inARow = 0;
  #telling = false;
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

  /** As they are at this moment. */
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
    const { sessionId, unrecorded } = this.#state;
    const resumed = Object.values(this.#state.sessions).flatMap((one) => resumedOf(one) ?? []);
    this.#inARow++;
    this.#actor = this.#start(resumed);
    if (unrecorded) this.#actor.send({ type: 'unrecorded', unrecorded: unrecorded });
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

  /** By an event that was sent to it, or by a timer or an answer of its own. */
  #breaks(actor: object, cause: unknown): void {
    if (actor !== this.#actor || this.#stopped) return;
    this.#broken = { cause };
    queueMicrotask(() => {
      if (this.#broken && !this.#stopped && this.#inARow < mostInARow) this.#restart();
    });
  }

  #changed(): void {
    this.#watchSessions();
    if (this.#telling) return;
    this.#telling = true;
    queueMicrotask(() => {
      this.#telling = false;
      if (this.#stopped || this.#broken) return;
      this.#state = leaderState(this.#actor.getSnapshot());
      this.#options.changed(this.#state);
    });
  }

  /** A session changes without the leader's own statechart. */
  #watchSessions(): void {
    const { children } = this.#actor.getSnapshot();
    for (const child of Object.values(children))
      if (child && !this.#watched.has(child)) {
        this.#watched.add(child);
        child.subscribe({ next: () => this.#changed(), error: () => undefined });
      }
  }
}

/** Those of a statechart that has met an error come to nothing: its sessions are not stopped with it. */
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

/** As the platform tells what a reload resumes; undefined: there is nothing to be done with it any more. */
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
