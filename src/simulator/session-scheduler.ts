import type { Clock, Timers } from '../environment/environment.js';
import type { AgentEvent, PlatformEvent, SessionEvent } from '../telephony/platform-event.js';
import type { SimulatedSession } from './simulated-session.js';
import type { Act, AnyStep, Timeline } from './steps.js';

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
export type NewSessionEvent = Without<SessionEvent, 'id' | 'at' | 'owner' | 'sessionId'>;
export type NewAgentEvent = Without<AgentEvent, 'id' | 'at' | 'owner'>;

type ActOf<K extends Act['do']> = Extract<Act, { do: K }>;
/** A handler for each kind of act. */
export type Handlers = { [K in Act['do']]: (simulated: SimulatedSession, at: number, act: ActOf<K>) => void };

interface SchedulerOptions {
  clock: Clock;
  timers: Timers;
  seed: number;
  /** Number of ended sessions to remember. */
  remembered: number;
  /** Whether the agent owns the events of sessions that the agent handed on. */
  alone: boolean;
  /** The id of the signed-in agent. */
  owner(): string | undefined;
  emit(event: PlatformEvent): void;
  changed(): void;
  /** Whether this page still runs the sessions. It is called before each timer's acts: false skips them. */
  mayContinue(): boolean;
}

/** Holds the sessions of the embedded platform, runs their scheduled acts at absolute times, and emits their events. */
export class SessionScheduler {
  /** The number in the last id. */
  lastId = 0;
  #options: SchedulerOptions;
  #sessions = new Map<string, SimulatedSession>();
  #idByKey = new Map<string, string>();
  #timerBySession = new Map<string, unknown>();
  #handlers: Partial<Handlers> = {};
  #isRunning = false;
  #idPrefix: string;

  constructor(options: SchedulerOptions) {
    this.#options = options;
    const seed = options.seed === 1 ? '' : `${options.seed}-`;
    this.#idPrefix = `${seed}${options.clock.now().toString(36)}`;
  }

  handle(handlers: Partial<Handlers>): void {
    Object.assign(this.#handlers, handlers);
  }

  all(): SimulatedSession[] {
    return [...this.#sessions.values()];
  }

  byId(id: string): SimulatedSession | undefined {
    return this.#sessions.get(id);
  }

  byKey(key: string): SimulatedSession | undefined {
    return this.#sessions.get(this.#idByKey.get(key) ?? '');
  }

  add(simulated: SimulatedSession): SimulatedSession {
    this.#sessions.set(simulated.session.id, simulated);
    if (simulated.key !== undefined) this.#idByKey.set(simulated.key, simulated.session.id);
    return simulated;
  }

  /** Replaces all sessions with stored sessions. */
  load(sessions: readonly SimulatedSession[], lastId: number): void {
    this.lastId = Math.max(lastId, this.lastId);
    this.#sessions.clear();
    this.#idByKey.clear();
    for (const simulated of sessions) this.add(simulated);
  }

  /** Starts the timers. Overdue acts run at once. */
  start(): void {
    this.#isRunning = true;
    for (const simulated of this.all()) this.#advance(simulated);
  }

  /** Stops the timers until the next `start`. */
  halt(): void {
    this.#isRunning = false;
    for (const timer of this.#timerBySession.values()) this.#options.timers.clearTimeout(timer);
    this.#timerBySession.clear();
  }

  /** Replaces the steps of one timeline of a session. */
  schedule(simulated: SimulatedSession, timeline: Timeline, steps: readonly AnyStep[], from?: number): void {
    this.cancel(simulated, timeline);
    this.append(simulated, timeline, steps, from);
  }

  /** Adds steps to a timeline. `from` is the time at which the first step's delay begins. */
  append(
    simulated: SimulatedSession,
    timeline: Timeline,
    steps: readonly AnyStep[],
    from = this.#options.clock.now(),
  ): void {
    let at = from;
    for (const { after, ...act } of steps) simulated.due.push({ at: (at += after), lane: timeline, act });
    simulated.due.sort((first, second) => first.at - second.at);
    this.#advance(simulated);
  }

  cancel(simulated: SimulatedSession, ...timelines: readonly Timeline[]): void {
    simulated.due = simulated.due.filter(({ lane }) => !timelines.includes(lane));
    this.#arm(simulated);
  }

  cancelAll(simulated: SimulatedSession): void {
    simulated.due = [];
    this.#arm(simulated);
  }

  change(simulated: SimulatedSession, change: Partial<SimulatedSession['session']>): void {
    simulated.session = { ...simulated.session, ...change };
  }

  emit(simulated: SimulatedSession, event: NewSessionEvent, at = this.#options.clock.now(), owner?: string): void {
    this.#options.emit({
      id: this.newId(),
      at: new Date(at).toISOString(),
      owner: owner ?? this.#ownerOf(simulated),
      sessionId: simulated.session.id,
      ...event,
    });
    this.#options.changed();
  }

  emitAgentEvent(event: NewAgentEvent): void {
    this.#options.emit(this.agentEvent(event));
    this.#options.changed();
  }

  agentEvent(event: NewAgentEvent): PlatformEvent {
    const at = new Date(this.#options.clock.now()).toISOString();
    return { id: this.newId(), at, owner: this.#options.owner(), ...event };
  }

  /** Removes the oldest ended sessions beyond the number to remember. Sessions with scheduled acts stay. */
  forgetOldest(): void {
    const over = this.all().filter(({ place, due }) => place === 'over' && !due.length);
    for (const { session, key } of over.slice(0, Math.max(0, over.length - this.#options.remembered))) {
      this.#sessions.delete(session.id);
      if (key !== undefined) this.#idByKey.delete(key);
    }
  }

  /** Makes an id from the agent, the seed, the start time and a number, so that ids stay unique over reloads. */
  newId(): string {
    return `${this.#options.owner() ?? 'nobody'}-${this.#idPrefix}-${++this.lastId}`;
  }

  /** R30: the agent whose desktop records the session's events. */
  #ownerOf({ session, handedOn }: SimulatedSession): string | undefined {
    const { alone, owner } = this.#options;
    return alone && handedOn ? owner() : (session.agentId ?? owner());
  }

  #advance(simulated: SimulatedSession): void {
    const { clock, changed } = this.#options;
    while (this.#isRunning && simulated.due[0] && simulated.due[0].at <= clock.now()) {
      const { at, act } = simulated.due.shift()!;
      this.#handlers[act.do]!(simulated, at, act as never);
    }
    this.#arm(simulated);
    changed();
  }

  /** Sets the timer of the session, which has only one, to its next act. */
  #arm(simulated: SimulatedSession): void {
    const { clock, timers, mayContinue } = this.#options;
    const { id } = simulated.session;
    timers.clearTimeout(this.#timerBySession.get(id));
    this.#timerBySession.delete(id);
    const [next] = simulated.due;
    if (!this.#isRunning || !next) return;
    const run = (): void => void (mayContinue() && this.#advance(simulated));
    this.#timerBySession.set(id, timers.setTimeout(run, next.at - clock.now()));
  }
}
