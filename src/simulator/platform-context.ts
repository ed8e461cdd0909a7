import type { Agent } from '../domain/agent.js';
import type { Recording } from '../domain/session.js';
import { realTime, type Clock, type Timers } from '../environment/environment.js';
import { forwardClock } from '../environment/forward-clock.js';
import { seededRandom } from '../environment/seeded-random.js';
import type { PlatformEvent } from '../telephony/platform-event.js';
import type { CallRules } from '../telephony/telephony.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import { EventDelivery } from './event-delivery.js';
import { Presence, type WorkStatus } from '../telephony/presence.js';
import { simulatedProfile, type SimulatedProfile } from './profile.js';
import { SessionScheduler } from './session-scheduler.js';
import { isChatSession, isTaken, type SimulatedSession } from './simulated-session.js';
import type { SimulatorOptions } from './simulator-options.js';
import { StateStore, type StoredState } from './stored-state.js';
import type { StoredVoicemail } from './stored-voicemail.js';

const mostCancelledKeys = 1000;

/** The state that all parts of the embedded platform share. */
export class PlatformContext {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly profile: SimulatedProfile;
  readonly delivery: EventDelivery;
  readonly scheduler: SessionScheduler;
  readonly presence: Presence;
  voicemails: StoredVoicemail[] = [];
  agent: Agent | undefined;
  rules: CallRules | undefined;
  signedIn = false;
  /** Whether the panel has a connection to the platform. */
  online = true;
  /** Offers waiting sessions to the agent. The call queue sets it. */
  offerWaiting: () => void = () => {};
  recordingFile: ((recording: Recording) => Blob) | undefined;
  #watchers = new Set<() => void>();
  #store: StateStore;
  #cancelled = new Set<string>();
  /** The id of the agent whose sessions are loaded. */
  #agentId: string | undefined;

  constructor(options: SimulatorOptions) {
    const { seed = 1, timers = realTime.timers, remembered = 1000, alone = false } = options;
    const { storage, storageKey = 'ccai-simulator', endedKept = 50 } = options;
    const changed = (): void => this.save();
    const clock = (this.clock = forwardClock(options.clock ?? realTime.clock));
    this.timers = timers;
    this.profile = { ...simulatedProfile, ...options.profile };
    this.#store = new StateStore(storage, storageKey, endedKept);
    const random = seededRandom(seed);
    const prepare = (event: PlatformEvent): PlatformEvent => this.#withRecordingFile(event);
    this.delivery = new EventDelivery({ clock, timers, random, prepare, onDelivered: changed }, options.disorder);
    this.presence = new Presence(this.profile.statuses, { status: 'unavailable' }, ({ status, next }) =>
      this.scheduler.emitAgentEvent({ type: 'agent.status', status, next }),
    );
    this.scheduler = new SessionScheduler({
      clock,
      timers,
      seed,
      remembered,
      alone,
      owner: () => this.agent?.id,
      emit: (event) => this.delivery.send(event),
      changed,
      mayContinue: () => !this.#isOvertaken(),
    });
    this.#load(this.#store.read());
  }

  /** Signs the agent in, and continues from the state that the last connected page has stored. */
  signIn(agent: Agent, rules: CallRules): void {
    this.rules = rules;
    if (this.signedIn && this.agent?.id === agent.id) return void (this.agent = agent);
    this.signOut();
    const { overtaken } = this.#store;
    const stored = this.#store.claim();
    if (overtaken) this.#load(stored);
    if (this.#agentId !== undefined && this.#agentId !== agent.id) this.#load(undefined);
    this.agent = agent;
    this.#agentId = agent.id;
    this.signedIn = true;
    this.delivery.start();
    this.delivery.open = this.online;
    this.scheduler.start();
    // By this write, a page that was connected before notices that this page has taken over.
    this.save();
    this.workChanged();
  }

  /** Stops all timers of this page and saves the state, so that another page can continue from it. */
  signOut(): void {
    if (!this.signedIn) return;
    this.#halt();
    this.save();
    this.signedIn = false;
  }

  /** Whether an agent is signed in here and no other page has taken over. */
  get isSignedInHere(): boolean {
    return this.signedIn && !this.#isOvertaken();
  }

  save(): void {
    if (this.isSignedInHere)
      this.#store.write({
        agentId: this.agent?.id,
        presence: this.presence.state,
        sessions: this.scheduler.all(),
        voicemails: this.voicemails,
        undelivered: this.delivery.undelivered,
        lastId: this.scheduler.lastId,
        cancelled: [...this.#cancelled],
      });
    for (const watcher of [...this.#watchers]) watcher();
  }

  /** Calls `watcher` after every save. Returns a function that removes it. */
  watch(watcher: () => void): () => void {
    const own = (): void => watcher();
    this.#watchers.add(own);
    return () => void this.#watchers.delete(own);
  }

  /** Sets the agent's status by the agent's sessions, and offers waiting sessions. */
  workChanged(): void {
    this.presence.follow(this.#work());
    this.offerWaiting();
  }

  /** Refuses calls with this key from now on, after a reload too. */
  cancelKey(key: string): void {
    this.#cancelled.add(key);
    if (this.#cancelled.size > mostCancelledKeys) this.#cancelled.delete(this.#cancelled.values().next().value!);
    this.save();
  }

  isCancelled(key: string): boolean {
    return this.#cancelled.has(key);
  }

  /** The call that the agent has, or that is offered to the agent. */
  get callAtAgent(): SimulatedSession | undefined {
    return this.scheduler.all().find((simulated) => simulated.place === 'agent' && !isChatSession(simulated));
  }

  get chatsAtAgent(): number {
    return this.scheduler.all().filter((simulated) => simulated.place === 'agent' && isChatSession(simulated)).length;
  }

  session(sessionId: string): SimulatedSession {
    const simulated = this.scheduler.byId(sessionId);
    if (!simulated) throw new TelephonyError('invalid', `There is no session ${sessionId}.`);
    return simulated;
  }

  /** A session that the agent has. Throws `invalid` or `not-available`. */
  agentSession(sessionId: string): SimulatedSession {
    const simulated = this.session(sessionId);
    if (simulated.endedAt !== undefined) throw new TelephonyError('not-available', `Session ${sessionId} has ended.`);
    if (!isTaken(simulated)) throw new TelephonyError('not-available', `Session ${sessionId} is not with the agent.`);
    return simulated;
  }

  /** A connected call of the agent. Throws `invalid` or `not-available`. */
  connectedCall(sessionId: string): SimulatedSession {
    const simulated = this.agentSession(sessionId);
    if (simulated.session.phase !== 'connected' || isChatSession(simulated))
      throw new TelephonyError('not-available', `Session ${sessionId} is not a connected call.`);
    return simulated;
  }

  /** A connected call or chat of the agent. Throws `invalid` or `not-available`. */
  connectedSession(sessionId: string): SimulatedSession {
    const simulated = this.agentSession(sessionId);
    if (isChatSession(simulated) && simulated.session.phase === 'connected') return simulated;
    return this.connectedCall(sessionId);
  }

  /**
   * The recording as events carry it. The stored recording is JSON and has a link. If `recordingFile` is set, the
   * returned recording has a file instead.
   */
  recordingWithFile({ url, ...recording }: Recording): Recording {
    const make = this.recordingFile;
    return make ? { ...recording, file: make(recording) } : { ...recording, url };
  }

  #withRecordingFile(event: PlatformEvent): PlatformEvent {
    const has = event.type === 'recording.ready' || event.type === 'voicemail.received';
    return has ? { ...event, recording: this.recordingWithFile(event.recording) } : event;
  }

  #work(): WorkStatus | undefined {
    const all = this.scheduler.all();
    if (all.some((simulated) => isTaken(simulated) && !isChatSession(simulated))) return 'in-call';
    // A chat does not change the status, and neither does its wrap-up.
    const open = all.filter((simulated) => simulated.place === 'wrap-up' && !isChatSession(simulated));
    if (!open.length) return undefined;
    return open.some(({ exceeded }) => exceeded) ? 'wrap-up-exceeded' : 'wrap-up';
  }

  #load(state: StoredState | undefined): void {
    this.#agentId = state?.agentId;
    this.presence.state = state?.presence ?? { status: 'unavailable' };
    this.voicemails = [...(state?.voicemails ?? [])];
    this.delivery.load(state?.undelivered ?? []);
    this.scheduler.load(state?.sessions ?? [], state?.lastId ?? 0);
    this.#cancelled = new Set(state?.cancelled);
  }

  #halt(): void {
    this.scheduler.halt();
    this.delivery.halt();
  }

  /**
   * Whether another page has taken over. If it has, this page stops its timers and signs out: the browser may have
   * frozen it meanwhile.
   */
  #isOvertaken(): boolean {
    if (!this.#store.overtaken) return false;
    if (this.signedIn) this.#halt();
    this.signedIn = false;
    return true;
  }
}
