import type { DialPlan } from '../domain/dial.js';
import type { Clock, Timers } from '../domain/environment.js';
import type { SessionRecord } from '../domain/session.js';
import type { AgentEvent, PlatformEvent, SessionEvent } from '../telephony/platform-event.js';
import type { Step } from './call-scripts.js';
import { durationsOf, newCall, recordingOf, schedule, type SimulatedCall } from './simulated-call.js';

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
type NewSessionEvent = Without<SessionEvent, 'id' | 'at' | 'owner' | 'sessionId'>;
type NewAgentEvent = Without<AgentEvent, 'id' | 'at' | 'owner'>;

interface DeskOptions {
  clock: Clock;
  timers: Timers;
  seed: number;
  remembered: number;
  owner(): string | undefined;
  emit(event: PlatformEvent): void;
  changed(): void;
  /** The last running call has ended. */
  ended(): void;
}

/** The calls of the embedded platform: plays their scripts by absolute times and tells what happens. */
export class CallDesk {
  /** The last number that is part of an id. */
  lastId = 0;
  #options: DeskOptions;
  #calls = new Map<string, SimulatedCall>();
  #byKey = new Map<string, string>();
  #timersOf = new Map<string, unknown>();
  #start: string;

  constructor(options: DeskOptions) {
    this.#options = options;
    const seed = options.seed === 1 ? '' : `${options.seed}-`;
    this.#start = `${seed}${options.clock.now().toString(36)}`;
  }

  calls(): SimulatedCall[] {
    return [...this.#calls.values()];
  }

  running(): SimulatedCall[] {
    return this.calls().filter(({ endedAt }) => endedAt === undefined);
  }

  byId(id: string): SimulatedCall | undefined {
    return this.#calls.get(id);
  }

  byKey(key: string): SimulatedCall | undefined {
    return this.#calls.get(this.#byKey.get(key) ?? '');
  }

  begin(plan: DialPlan, agentId: string): SimulatedCall {
    const call = newCall(this.#newId(), plan, agentId, this.#options.clock.now());
    this.#keep(call);
    const {
      phase: _p,
      since: _s,
      muted: _m,
      held: _h,
      recordingPaused: _r,
      participants: _q,
      ...session
    } = call.session;
    this.#say(call, { type: 'session.created', session: structuredClone(session), key: call.key });
    return call;
  }

  /** What happens to a call from now on, in place of what was to happen. */
  play(call: SimulatedCall, steps: readonly Step[]): void {
    if (call.endedAt !== undefined && !steps.every(({ do: what }) => what === 'recording' || what === 'close')) return;
    schedule(call, steps, this.#options.clock.now());
    this.#advance(call);
  }

  associate(call: SimulatedCall, record: SessionRecord): void {
    call.session = { ...call.session, record: { ...call.session.record, ...record } };
    this.#options.changed();
  }

  /** Takes up calls where a page before this one left them; what fell due meanwhile happens now. */
  restore(calls: readonly SimulatedCall[], lastId: number): void {
    this.lastId = lastId;
    for (const call of calls) this.#keep(call);
    for (const call of calls) this.#advance(call);
  }

  tell(event: NewAgentEvent): void {
    this.#options.emit(this.eventOf(event));
    this.#options.changed();
  }

  eventOf(event: NewAgentEvent): PlatformEvent {
    const at = new Date(this.#options.clock.now()).toISOString();
    return { id: this.#newId(), at, ...this.#owner(), ...event };
  }

  #advance(call: SimulatedCall): void {
    const { clock, timers, changed } = this.#options;
    const { id } = call.session;
    timers.clearTimeout(this.#timersOf.get(id));
    this.#timersOf.delete(id);
    while (call.due[0] && call.due[0].at <= clock.now()) {
      const { at, step } = call.due.shift()!;
      this.#steps[step.do](call, at, step as never);
    }
    const [next] = call.due;
    if (next)
      this.#timersOf.set(
        id,
        timers.setTimeout(() => this.#advance(call), next.at - clock.now()),
      );
    changed();
  }

  /** What each kind of step does. */
  #steps: { [K in Step['do']]: (call: SimulatedCall, at: number, step: Extract<Step, { do: K }>) => void } = {
    connecting: (call, at) => this.#say(call, { type: 'session.connecting' }, at),
    connected: (call, at) => {
      if (call.connectedAt !== undefined) return;
      call.connectedAt = at;
      const since = new Date(at).toISOString();
      call.session = { ...call.session, phase: 'connected', since, connectedAt: since };
      this.#say(call, { type: 'session.connected' }, at);
    },
    end: (call, at, { by, failReason }) => {
      call.endedAt = at;
      call.session = { ...call.session, phase: 'ended', since: new Date(at).toISOString(), participants: [] };
      const durations = durationsOf(call);
      this.#say(call, { type: 'session.ended', endedBy: by, ...(failReason && { failReason }), durations }, at);
      if (!this.running().length) this.#options.ended();
      const recorded = call.record && call.connectedAt !== undefined;
      schedule(call, recorded ? afterRecordedCall : afterCall, at);
    },
    recording: (call, at) => this.#say(call, { type: 'recording.ready', recording: recordingOf(call) }, at),
    close: (call, at) => {
      this.#say(call, { type: 'session.closed' }, at);
      this.#forgetOldest();
    },
  };

  #say(call: SimulatedCall, event: NewSessionEvent, at = this.#options.clock.now()): void {
    this.#options.emit({
      id: this.#newId(),
      at: new Date(at).toISOString(),
      ...this.#owner(call),
      sessionId: call.session.id,
      ...event,
    });
  }

  #owner(call?: SimulatedCall): { owner?: string } {
    const owner = call?.session.agentId ?? this.#options.owner();
    return owner === undefined ? {} : { owner };
  }

  #keep(call: SimulatedCall): void {
    this.#calls.set(call.session.id, call);
    this.#byKey.set(call.key, call.session.id);
  }

  #forgetOldest(): void {
    const closed = this.calls().filter(({ endedAt, due }) => endedAt !== undefined && !due.length);
    for (const { session, key } of closed.slice(0, Math.max(0, closed.length - this.#options.remembered))) {
      this.#calls.delete(session.id);
      this.#byKey.delete(key);
    }
  }

  /** Not met again after a reload: names the agent, the seed and the moment of the start. */
  #newId(): string {
    return `${this.#options.owner() ?? 'nobody'}-${this.#start}-${++this.lastId}`;
  }
}

const afterCall: readonly Step[] = [{ after: 50, do: 'close' }];
const afterRecordedCall: readonly Step[] = [
  { after: 2000, do: 'recording' },
  { after: 50, do: 'close' },
];
