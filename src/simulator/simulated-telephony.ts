import type { Agent } from '../domain/agent.js';
import type { DialPlan } from '../domain/dial.js';
import { realTime, type Clock, type Timers } from '../domain/environment.js';
import { seededRandom } from '../domain/seeded-random.js';
import type { SessionRecord } from '../domain/session.js';
import type { PlatformEvent } from '../telephony/platform-event.js';
import type { ActiveSession, CallRules, Capability, Telephony, TelephonyProfile } from '../telephony/telephony.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import { CallDesk } from './call-desk.js';
import { nameOf, refusedDials, stepsOf, type Outcome } from './call-scripts.js';
import { EventLine, type Disorder } from './event-line.js';
import { Presence } from './presence.js';
import { simulatedProfile, type SimulatedProfile } from './profile.js';
import type { SimulatedCall } from './simulated-call.js';
import { restoreState, storeState, type StateStorage } from './stored-state.js';
import { withTrouble, type Command, type CommandTrouble } from './trouble.js';

export interface SimulatorOptions {
  seed?: number;
  clock?: Clock;
  timers?: Timers;
  /** In place of parts of the usual profile. */
  profile?: Partial<SimulatedProfile>;
  /** What calls come to, by number as it is dialled. */
  calls?: Readonly<Record<string, Outcome>>;
  /** None by default. */
  disorder?: Partial<Disorder>;
  /** With it, a reload of the page finds its calls again. */
  storage?: StateStorage;
  storageKey?: string;
  /** How many ended sessions are remembered [1000]. */
  remembered?: number;
}

/** The embedded platform: what a call comes to is written in a script, and everything is told by events. */
export class SimulatedTelephony implements Telephony {
  /** What calls come to that have no script. */
  defaultOutcome: Outcome = 'answered';
  /** What the next call comes to, before scripts and default; used up by it. */
  next: Outcome | undefined;
  trouble: CommandTrouble = {};
  #timers: Timers;
  #line: EventLine;
  #desk: CallDesk;
  #presence: Presence;
  #profile: SimulatedProfile;
  #scripts: Map<string, Outcome>;
  #agent: Agent | undefined;
  #rules: CallRules | undefined;
  #online = true;
  #dials = new Map<string, Promise<{ sessionId: string }>>();
  #cancelled = new Set<string>();

  constructor(options: SimulatorOptions = {}) {
    const { seed = 1, clock = realTime.clock, timers = realTime.timers, storage, storageKey = 'ccai-simulator' } = options;
    const stored = restoreState(storage, storageKey);
    this.#timers = timers;
    this.#profile = { ...simulatedProfile, ...options.profile };
    this.#scripts = new Map(Object.entries(options.calls ?? {}));
    this.#line = new EventLine({ clock, timers }, seededRandom(seed), options.disorder);
    const save = (): void =>
      storeState(storage, storageKey, {
        presence: this.#presence.state,
        calls: this.#desk.calls(),
        undelivered: this.#line.undelivered,
      });
    this.#presence = new Presence(this.#profile.statuses, stored?.presence ?? { status: 'unavailable' }, ({ status, next }) =>
      this.#desk.tell({ type: 'agent.status', status, ...(next !== undefined && { next }) }),
    );
    this.#desk = new CallDesk({
      clock,
      timers,
      seed,
      remembered: options.remembered ?? 1000,
      owner: () => this.#agent?.id,
      emit: (event) => this.#line.send(event),
      changed: save,
      ended: () => this.#presence.callEnds(),
    });
    this.#line.keep(stored?.undelivered ?? []);
    this.#desk.restore(stored?.calls ?? []);
  }

  // What a test or a demo decides.

  /** Calls to this number (as it is dialled) come to this. */
  script(number: string, outcome: Outcome): void {
    this.#scripts.set(number, outcome);
  }

  get disorder(): Disorder {
    return this.#line.disorder;
  }
  set disorder(disorder: Partial<Disorder>) {
    this.#line.disorder = { ...this.#line.disorder, ...disorder };
  }

  /** Every session that is remembered, the oldest first. */
  sessions(): readonly ActiveSession[] {
    return this.#desk.calls().map(({ session }) => session);
  }

  /** What the platform was last told to enforce. */
  get rules(): CallRules | undefined {
    return this.#rules;
  }

  /** The customer picks up now. */
  pickUp(sessionId: string): void {
    this.#desk.play(this.#call(sessionId), [{ after: 0, do: 'connected' }]);
  }

  /** The customer hangs up now; before the call is connected, that is a refusal. */
  hangUp(sessionId: string): void {
    const call = this.#call(sessionId);
    const failReason = call.connectedAt === undefined ? 'eu_rejected' : undefined;
    this.#desk.play(call, [{ after: 0, do: 'end', by: 'customer', ...(failReason && { failReason }) }]);
  }

  /** The connection to the platform is lost; calls go on there, unless they end with it. */
  drop({ endCalls = false }: { endCalls?: boolean } = {}): void {
    if (!this.#online) return;
    this.#online = false;
    this.#line.open = false;
    this.#line.say(this.#desk.eventOf({ type: 'connection.lost' }));
    if (endCalls)
      for (const call of this.#desk.running())
        this.#desk.play(call, [{ after: 0, do: 'end', by: 'platform', failReason: 'voip_conn_general' }]);
  }

  /** The connection is there again, and brings what has happened meanwhile. */
  restore(): void {
    if (this.#online) return;
    this.#online = true;
    this.#line.say(this.#desk.eventOf({ type: 'connection.restored' }));
    this.#line.open = this.#agent !== undefined;
  }

  // What a platform gives.

  connect(agent: Agent, rules: CallRules): Promise<TelephonyProfile> {
    return this.#run('connect', () => {
      this.#agent = agent;
      this.#rules = rules;
      this.#line.open = true;
      return {
        ...this.#profile,
        status: this.#presence.state.status,
        activeSessions: this.#desk.running().map(({ session }) => structuredClone(session)),
      };
    });
  }

  setRules(rules: CallRules): Promise<void> {
    return this.#run('setRules', () => void (this.#rules = rules));
  }

  /** The agent signs out; a call that is on stays on, and a later `connect` finds it. */
  disconnect(): Promise<void> {
    this.#line.open = false;
    return Promise.resolve();
  }

  subscribe(listener: (event: PlatformEvent) => void): () => void {
    return this.#line.subscribe(listener);
  }

  setStatus(status: string): Promise<void> {
    return this.#run('setStatus', () => this.#presence.choose(status));
  }

  setNextStatus(status: string | undefined): Promise<void> {
    return this.#run('setNextStatus', () => this.#presence.chooseNext(status));
  }

  dial(plan: DialPlan): Promise<{ sessionId: string }> {
    const made = this.#desk.byKey(plan.key);
    const dialling = this.#dials.get(plan.key);
    if (dialling) return dialling;
    const dial = this.#run('dial', () => ({ sessionId: made?.session.id ?? this.#place(plan) })).finally(() =>
      this.#dials.delete(plan.key),
    );
    this.#dials.set(plan.key, dial);
    return dial;
  }

  cancelDial(key: string): Promise<void> {
    return this.#run('cancelDial', () => {
      const call = this.#desk.byKey(key);
      if (call) this.#endByAgent(call);
      else this.#cancelled.add(key);
    });
  }

  associate(sessionId: string, record: SessionRecord): Promise<void> {
    return this.#run('associate', () => this.#desk.associate(this.#call(sessionId), record));
  }

  getSession(sessionId: string): Promise<ActiveSession | undefined> {
    return this.#run('getSession', () => structuredClone(this.#desk.byId(sessionId)?.session));
  }

  resume(sessionId: string): Promise<void> {
    return this.#run('resume', () => void this.#runningCall(sessionId));
  }

  end(sessionId: string): Promise<void> {
    return this.#run('end', () => this.#endByAgent(this.#call(sessionId)));
  }

  answer = this.#unsupported('answer');
  decline = this.#unsupported('decline');
  setMuted = this.#unsupported('setMuted', 'mute');
  setHeld = this.#unsupported('setHeld', 'hold');
  sendDigits = this.#unsupported('sendDigits', 'dtmf');
  transfer = this.#unsupported('transfer', 'transfer-cold');
  completeTransfer = this.#unsupported('completeTransfer', 'transfer-warm');
  cancelTransfer = this.#unsupported('cancelTransfer', 'transfer-warm');
  addParticipant = this.#unsupported('addParticipant', 'conference');
  removeParticipant = this.#unsupported('removeParticipant', 'conference');
  leave = this.#unsupported('leave', 'conference');
  setRecordingPaused = this.#unsupported('setRecordingPaused', 'redact');
  submitWrapUp = this.#unsupported('submitWrapUp', 'wrap-up');

  #place(plan: DialPlan): string {
    const refuse = (code: 'not-available' | 'invalid', message: string, failReason?: string): never => {
      throw new TelephonyError(code, message, failReason === undefined ? {} : { failReason });
    };
    if (this.#cancelled.delete(plan.key)) refuse('not-available', 'The call was cancelled.', 'ag_canceled');
    if (!/^\+[1-9]\d{6,14}$/.test(plan.number) && !(plan.kind === 'short' && /^[\d*#]{1,8}$/.test(plan.number)))
      refuse('invalid', `"${plan.number}" is no number that can be dialled.`);
    if (!this.#profile.outboundNumbers.some(({ number }) => number === plan.outboundNumber))
      refuse('invalid', `"${plan.outboundNumber}" is none of the outbound numbers.`);
    if (this.#desk.running().length) refuse('not-available', 'A call is on already.');
    const outcome = this.next ?? this.#scripts.get(plan.number) ?? this.defaultOutcome;
    this.next = undefined;
    const refused = refusedDials[nameOf(outcome) ?? 'answered'];
    if (refused) throw new TelephonyError(refused.code, refused.message, refused);
    const call = this.#desk.begin(plan, this.#agent!.id);
    this.#presence.callBegins();
    this.#desk.play(call, stepsOf(outcome));
    return call.session.id;
  }

  #endByAgent(call: SimulatedCall): void {
    if (call.endedAt !== undefined) return;
    const failReason = call.connectedAt === undefined ? 'ag_canceled' : undefined;
    this.#desk.play(call, [{ after: 0, do: 'end', by: 'agent', ...(failReason && { failReason }) }]);
  }

  #call(sessionId: string): SimulatedCall {
    const call = this.#desk.byId(sessionId);
    if (!call) throw new TelephonyError('invalid', `There is no session ${sessionId}.`);
    return call;
  }

  #runningCall(sessionId: string): SimulatedCall {
    const call = this.#call(sessionId);
    if (call.endedAt !== undefined) throw new TelephonyError('not-available', `Session ${sessionId} has ended.`);
    return call;
  }

  #run<T>(command: Command, work: () => T): Promise<T> {
    return withTrouble(this.trouble, this.#timers, command, () => {
      if (!this.#online) throw new TelephonyError('offline', 'There is no connection to the platform.');
      if (!this.#agent && command !== 'connect')
        throw new TelephonyError('not-available', `${command}: nobody is signed in; connect() comes first.`);
      return work();
    });
  }

  #unsupported(command: Command, capability?: Capability): (...parameters: unknown[]) => Promise<never> {
    const because = capability ? `it does not have the capability "${capability}"` : 'it carries outbound calls only';
    return () => this.#run(command, () => {
      throw new TelephonyError('unsupported', `The embedded platform cannot ${command}: ${because}.`);
    });
  }
}
