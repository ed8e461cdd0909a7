import type { Agent } from '../domain/agent.js';
import type { Recording } from '../domain/session.js';
import { realTime, type Clock, type Timers } from '../environment/environment.js';
import { forwardClock } from '../environment/forward-clock.js';
import { seededRandom } from '../environment/seeded-random.js';
import type { PlatformEvent } from '../telephony/platform-event.js';
import type { CallRules } from '../telephony/telephony.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import { EventLine } from './event-line.js';
import { Presence, type WorkStatus } from '../telephony/presence.js';
import { simulatedProfile, type SimulatedProfile } from './profile.js';
import { SessionDesk } from './session-desk.js';
import { isChat, isTaken, type SimulatedSession } from './simulated-session.js';
import type { SimulatorOptions } from './simulator-options.js';
import { StateStore, type StoredState } from './stored-state.js';
import type { StoredVoicemail } from './voicemail-box.js';

const cancelledKept = 1000;

/** What all parts of the embedded platform share: time, the line, the sessions, the agent and their rules. */
export class World {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly profile: SimulatedProfile;
  readonly line: EventLine;
  readonly desk: SessionDesk;
  readonly presence: Presence;
  voicemails: StoredVoicemail[] = [];
  agent: Agent | undefined;
  rules: CallRules | undefined;
  connected = false;
  online = true;
  /** The agent may be free for somebody who waits. */
  whenFree: () => void = () => {};
  recordingFile: ((recording: Recording) => Blob) | undefined;
  readonly watchers = new Set<() => void>();
  #store: StateStore;
  #cancelled = new Set<string>();
  /** Whose sessions these are. */
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
    const dress = (event: PlatformEvent): PlatformEvent => this.#dress(event);
    this.line = new EventLine({ clock, timers, random, dress, delivered: changed }, options.disorder);
    this.presence = new Presence(this.profile.statuses, { status: 'unavailable' }, ({ status, next }) =>
      this.desk.tell({ type: 'agent.status', status, ...(next !== undefined && { next }) }),
    );
    this.desk = new SessionDesk({
      clock,
      timers,
      seed,
      remembered,
      alone,
      owner: () => this.agent?.id,
      emit: (event) => this.line.send(event),
      changed,
      mayGoOn: () => !this.#isOvertaken(),
    });
    this.#load(this.#store.read());
  }

  /** The agent signs in: everything is as whoever was connected last has left it, and time goes by. */
  signIn(agent: Agent, rules: CallRules): void {
    this.rules = rules;
    if (this.connected && this.agent?.id === agent.id) return void (this.agent = agent);
    this.signOut();
    const { overtaken } = this.#store;
    const stored = this.#store.claim();
    if (overtaken) this.#load(stored);
    if (this.#agentId !== undefined && this.#agentId !== agent.id) this.#load(undefined);
    this.agent = agent;
    this.#agentId = agent.id;
    this.connected = true;
    this.line.start();
    this.line.open = this.online;
    this.desk.start();
    // Whoever drove the world before finds that it is another's.
    this.save();
    this.settle();
  }

  /** Everything stands still here, and may go on in another page. */
  signOut(): void {
    if (!this.connected) return;
    this.#halt();
    this.save();
    this.connected = false;
  }

  /** An agent is signed in here, and no other page has gone on since. */
  get isHere(): boolean {
    return this.connected && !this.#isOvertaken();
  }

  save(): void {
    if (this.isHere)
      this.#store.write({
        ...(this.agent && { agentId: this.agent.id }),
        presence: this.presence.state,
        sessions: this.desk.all(),
        voicemails: this.voicemails,
        undelivered: this.line.undelivered,
        lastId: this.desk.lastId,
        cancelled: [...this.#cancelled],
      });
    for (const watcher of [...this.watchers]) watcher();
  }

  /** The agent's status follows what they are at; whoever waits may come. */
  settle(): void {
    this.presence.follow(this.#work());
    this.whenFree();
  }

  /** No call of this key begins any more, in a later page either. */
  cancelKey(key: string): void {
    this.#cancelled.add(key);
    if (this.#cancelled.size > cancelledKept) this.#cancelled.delete(this.#cancelled.values().next().value!);
    this.save();
  }

  isCancelled(key: string): boolean {
    return this.#cancelled.has(key);
  }

  /** The call that the agent is at, or that is offered. */
  get callAtAgent(): SimulatedSession | undefined {
    return this.desk.all().find((one) => one.place === 'agent' && !isChat(one));
  }

  get chatsAtAgent(): number {
    return this.desk.all().filter((one) => one.place === 'agent' && isChat(one)).length;
  }

  session(sessionId: string): SimulatedSession {
    const one = this.desk.byId(sessionId);
    if (!one) throw new TelephonyError('invalid', `There is no session ${sessionId}.`);
    return one;
  }

  /** One that the agent has. */
  taken(sessionId: string): SimulatedSession {
    const one = this.session(sessionId);
    if (one.endedAt !== undefined) throw new TelephonyError('not-available', `Session ${sessionId} has ended.`);
    if (!isTaken(one)) throw new TelephonyError('not-available', `Session ${sessionId} is not with the agent.`);
    return one;
  }

  /** One in which the agent and the customer hear each other. */
  connectedCall(sessionId: string): SimulatedSession {
    const one = this.taken(sessionId);
    if (one.session.phase !== 'connected' || isChat(one))
      throw new TelephonyError('not-available', `Session ${sessionId} is no connected call.`);
    return one;
  }

  /** A recording as it is told: a file is no JSON, so that what is stored has a link. */
  recordingOf({ url, ...recording }: Recording): Recording {
    const make = this.recordingFile;
    return make ? { ...recording, file: make(recording) } : { ...recording, ...(url !== undefined && { url }) };
  }

  #dress(event: PlatformEvent): PlatformEvent {
    const has = event.type === 'recording.ready' || event.type === 'voicemail.received';
    return has ? { ...event, recording: this.recordingOf(event.recording) } : event;
  }

  #work(): WorkStatus | undefined {
    const all = this.desk.all();
    if (all.some((one) => isTaken(one) && !isChat(one))) return 'in-call';
    const open = all.filter(({ place }) => place === 'wrap-up');
    if (!open.length) return undefined;
    return open.some(({ exceeded }) => exceeded) ? 'wrap-up-exceeded' : 'wrap-up';
  }

  #load(state: StoredState | undefined): void {
    this.#agentId = state?.agentId;
    this.presence.state = state?.presence ?? { status: 'unavailable' };
    this.voicemails = [...(state?.voicemails ?? [])];
    this.line.load(state?.undelivered ?? []);
    this.desk.load(state?.sessions ?? [], state?.lastId ?? 0);
    this.#cancelled = new Set(state?.cancelled);
  }

  #halt(): void {
    this.desk.halt();
    this.line.halt();
  }

  /** A page that another has taken over from does no harm when it wakes up. */
  #isOvertaken(): boolean {
    if (!this.#store.overtaken) return false;
    if (this.connected) this.#halt();
    this.connected = false;
    return true;
  }
}
