import type { Agent } from '../domain/agent.js';
import { realTime, type Clock, type Timers } from '../domain/environment.js';
import { seededRandom } from '../domain/seeded-random.js';
import type { ActiveSession, CallRules } from '../telephony/telephony.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import { CallDesk } from './call-desk.js';
import type { Outcome } from './call-scripts.js';
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

/** What stands behind the embedded platform's commands, and what a test or a demo decides about it. */
export class SimulatedPlatform {
  /** What calls come to that have no script. */
  defaultOutcome: Outcome = 'answered';
  /** What the next call comes to, before scripts and default; used up by it. */
  next: Outcome | undefined;
  trouble: CommandTrouble = {};
  #timers: Timers;
  #watchers = new Set<() => void>();
  protected readonly line: EventLine;
  protected readonly desk: CallDesk;
  protected readonly presence: Presence;
  protected readonly profile: SimulatedProfile;
  protected readonly scripts: Map<string, Outcome>;
  protected agent: Agent | undefined;
  protected currentRules: CallRules | undefined;
  protected connected = false;
  protected online = true;

  constructor(options: SimulatorOptions = {}) {
    const {
      seed = 1,
      clock = realTime.clock,
      timers = realTime.timers,
      storage,
      storageKey = 'ccai-simulator',
    } = options;
    const stored = restoreState(storage, storageKey);
    this.#timers = timers;
    this.profile = { ...simulatedProfile, ...options.profile };
    this.scripts = new Map(Object.entries(options.calls ?? {}));
    const save = (): void => {
      storeState(storage, storageKey, {
        presence: this.presence.state,
        calls: this.desk.calls(),
        undelivered: this.line.undelivered,
        lastId: this.desk.lastId,
      });
      for (const watcher of [...this.#watchers]) watcher();
    };
    const random = seededRandom(seed);
    this.line = new EventLine({ clock, timers, random, delivered: save }, options.disorder);
    this.presence = new Presence(
      this.profile.statuses,
      stored?.presence ?? { status: 'unavailable' },
      ({ status, next }) => this.desk.tell({ type: 'agent.status', status, ...(next !== undefined && { next }) }),
    );
    this.desk = new CallDesk({
      clock,
      timers,
      seed,
      remembered: options.remembered ?? 1000,
      owner: () => this.agent?.id,
      emit: (event) => this.line.send(event),
      changed: save,
      ended: () => this.presence.callEnds(),
    });
    this.line.keep(stored?.undelivered ?? []);
    this.desk.restore(stored?.calls ?? [], stored?.lastId ?? 0);
  }

  /** Calls to this number (as it is dialled) come to this. */
  script(number: string, outcome: Outcome): void {
    this.scripts.set(number, outcome);
  }

  get disorder(): Disorder {
    return this.line.disorder;
  }
  set disorder(disorder: Partial<Disorder>) {
    this.line.disorder = { ...this.line.disorder, ...disorder };
  }

  /** Every session that is remembered, the oldest first. */
  sessions(): readonly ActiveSession[] {
    return this.desk.calls().map(({ session }) => session);
  }

  /** Calls back after every change and delivery, and takes no event from a listener. Returns the way to stop. */
  watch(watcher: () => void): () => void {
    const own = (): void => watcher();
    this.#watchers.add(own);
    return () => void this.#watchers.delete(own);
  }

  /** What the platform was last told to enforce. */
  get rules(): CallRules | undefined {
    return this.currentRules;
  }

  /** The customer picks up now. */
  pickUp(sessionId: string): void {
    this.desk.play(this.call(sessionId), [{ after: 0, do: 'connected' }]);
  }

  /** The customer hangs up now; before the call is connected, that is a refusal. */
  hangUp(sessionId: string): void {
    const call = this.call(sessionId);
    const failReason = call.connectedAt === undefined ? 'eu_rejected' : undefined;
    this.desk.play(call, [{ after: 0, do: 'end', by: 'customer', ...(failReason && { failReason }) }]);
  }

  /** The connection to the platform is lost; calls go on there, unless they end with it. */
  drop({ endCalls = false }: { endCalls?: boolean } = {}): void {
    if (!this.online) return;
    this.online = false;
    this.line.open = false;
    this.line.say(this.desk.eventOf({ type: 'connection.lost' }));
    if (endCalls)
      for (const call of this.desk.running())
        this.desk.play(call, [{ after: 0, do: 'end', by: 'platform', failReason: 'voip_conn_general' }]);
  }

  /** The connection is there again, and brings what has happened meanwhile. */
  restore(): void {
    if (this.online) return;
    this.online = true;
    this.line.say(this.desk.eventOf({ type: 'connection.restored' }));
    this.line.open = this.connected;
  }

  protected endByAgent(call: SimulatedCall): void {
    if (call.endedAt !== undefined) return;
    const failReason = call.connectedAt === undefined ? 'ag_canceled' : undefined;
    this.desk.play(call, [{ after: 0, do: 'end', by: 'agent', ...(failReason && { failReason }) }]);
  }

  protected call(sessionId: string): SimulatedCall {
    const call = this.desk.byId(sessionId);
    if (!call) throw new TelephonyError('invalid', `There is no session ${sessionId}.`);
    return call;
  }

  protected runningCall(sessionId: string): SimulatedCall {
    const call = this.call(sessionId);
    if (call.endedAt !== undefined) throw new TelephonyError('not-available', `Session ${sessionId} has ended.`);
    return call;
  }

  protected run<T>(command: Command, work: () => T): Promise<T> {
    return withTrouble(this.trouble, this.#timers, command, () => {
      if (!this.online) throw new TelephonyError('offline', 'There is no connection to the platform.');
      if (!this.connected && command !== 'connect')
        throw new TelephonyError('not-available', `${command}: nobody is signed in; connect() comes first.`);
      return work();
    });
  }
}
