import type { Clock, Timers } from '../environment/environment.js';
import type { AgentEvent, PlatformEvent, SessionEvent } from '../telephony/platform-event.js';
import type { SimulatedSession } from './simulated-session.js';
import type { Act, AnyStep, Lane } from './steps.js';

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
export type NewSessionEvent = Without<SessionEvent, 'id' | 'at' | 'owner' | 'sessionId'>;
export type NewAgentEvent = Without<AgentEvent, 'id' | 'at' | 'owner'>;

type ActOf<K extends Act['do']> = Extract<Act, { do: K }>;
/** What each kind of act does. */
export type Reactions = { [K in Act['do']]: (one: SimulatedSession, at: number, act: ActOf<K>) => void };

interface DeskOptions {
  clock: Clock;
  timers: Timers;
  seed: number;
  remembered: number;
  alone: boolean;
  owner(): string | undefined;
  emit(event: PlatformEvent): void;
  changed(): void;
  /** Asked whenever a timer has run out: false, and nothing happens here any more. */
  mayGoOn(): boolean;
}

/** The sessions of the embedded platform: plays what happens to them by absolute times, and tells it. */
export class SessionDesk {
  /** The last number that is part of an id. */
  lastId = 0;
  #options: DeskOptions;
  #sessions = new Map<string, SimulatedSession>();
  #byKey = new Map<string, string>();
  #timersOf = new Map<string, unknown>();
  #reactions: Partial<Reactions> = {};
  #runs = false;
  #start: string;

  constructor(options: DeskOptions) {
    this.#options = options;
    const seed = options.seed === 1 ? '' : `${options.seed}-`;
    this.#start = `${seed}${options.clock.now().toString(36)}`;
  }

  react(reactions: Partial<Reactions>): void {
    Object.assign(this.#reactions, reactions);
  }

  all(): SimulatedSession[] {
    return [...this.#sessions.values()];
  }

  byId(id: string): SimulatedSession | undefined {
    return this.#sessions.get(id);
  }

  byKey(key: string): SimulatedSession | undefined {
    return this.#sessions.get(this.#byKey.get(key) ?? '');
  }

  keep(one: SimulatedSession): SimulatedSession {
    this.#sessions.set(one.session.id, one);
    if (one.key !== undefined) this.#byKey.set(one.key, one.session.id);
    return one;
  }

  /** Everything as a page before this one, or another, has left it. */
  load(sessions: readonly SimulatedSession[], lastId: number): void {
    this.lastId = Math.max(lastId, this.lastId);
    this.#sessions.clear();
    this.#byKey.clear();
    for (const one of sessions) this.keep(one);
  }

  /** From now on time goes by; what fell due meanwhile happens now. */
  start(): void {
    this.#runs = true;
    for (const one of this.all()) this.#advance(one);
  }

  /** Nothing happens any more until the next start. */
  halt(): void {
    this.#runs = false;
    for (const timer of this.#timersOf.values()) this.#options.timers.clearTimeout(timer);
    this.#timersOf.clear();
  }

  /** What happens to a session on one lane from now on, in place of what was to happen there. */
  play(one: SimulatedSession, lane: Lane, steps: readonly AnyStep[], from?: number): void {
    this.cancel(one, lane);
    this.add(one, lane, steps, from);
  }

  /** What happens to a session besides. */
  add(one: SimulatedSession, lane: Lane, steps: readonly AnyStep[], from = this.#options.clock.now()): void {
    let at = from;
    for (const { after, ...act } of steps) one.due.push({ at: (at += after), lane, act });
    one.due.sort((first, second) => first.at - second.at);
    this.#advance(one);
  }

  cancel(one: SimulatedSession, ...lanes: readonly Lane[]): void {
    one.due = one.due.filter(({ lane }) => !lanes.includes(lane));
    this.#arm(one);
  }

  /** Nothing of what was to happen happens. */
  cancelAll(one: SimulatedSession): void {
    one.due = [];
    this.#arm(one);
  }

  change(one: SimulatedSession, change: Partial<SimulatedSession['session']>): void {
    one.session = { ...one.session, ...change };
  }

  say(one: SimulatedSession, event: NewSessionEvent, at = this.#options.clock.now(), owner?: string): void {
    this.#options.emit({
      id: this.newId(),
      at: new Date(at).toISOString(),
      ...ownedBy(owner ?? this.#ownerOf(one)),
      sessionId: one.session.id,
      ...event,
    });
    this.#options.changed();
  }

  tell(event: NewAgentEvent): void {
    this.#options.emit(this.eventOf(event));
    this.#options.changed();
  }

  eventOf(event: NewAgentEvent): PlatformEvent {
    const at = new Date(this.#options.clock.now()).toISOString();
    return { id: this.newId(), at, ...ownedBy(this.#options.owner()), ...event };
  }

  /** Sessions of which nothing more is to come, and of these the newest only, are remembered. */
  forgetOldest(): void {
    const over = this.all().filter(({ place, due }) => place === 'over' && !due.length);
    for (const { session, key } of over.slice(0, Math.max(0, over.length - this.#options.remembered))) {
      this.#sessions.delete(session.id);
      if (key !== undefined) this.#byKey.delete(key);
    }
  }

  /** Not met again after a reload: names the agent, the seed and the moment of the start. */
  newId(): string {
    return `${this.#options.owner() ?? 'nobody'}-${this.#start}-${++this.lastId}`;
  }

  /** R30: whose desktop writes what becomes of it. */
  #ownerOf({ session, handedOn }: SimulatedSession): string | undefined {
    const { alone, owner } = this.#options;
    return alone && handedOn ? owner() : (session.agentId ?? owner());
  }

  #advance(one: SimulatedSession): void {
    const { clock, changed } = this.#options;
    while (this.#runs && one.due[0] && one.due[0].at <= clock.now()) {
      const { at, act } = one.due.shift()!;
      this.#reactions[act.do]!(one, at, act as never);
    }
    this.#arm(one);
    changed();
  }

  /** One timer for each session: for what falls due next. */
  #arm(one: SimulatedSession): void {
    const { clock, timers, mayGoOn } = this.#options;
    const { id } = one.session;
    timers.clearTimeout(this.#timersOf.get(id));
    this.#timersOf.delete(id);
    const [next] = one.due;
    if (!this.#runs || !next) return;
    const run = (): void => void (mayGoOn() && this.#advance(one));
    this.#timersOf.set(id, timers.setTimeout(run, next.at - clock.now()));
  }
}

const ownedBy = (owner: string | undefined): { owner?: string } => (owner === undefined ? {} : { owner });
