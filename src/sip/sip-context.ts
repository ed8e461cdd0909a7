import type { Agent } from '../domain/agent.js';
import { realTime, type Clock, type SealedStore, type Timers } from '../environment/environment.js';
import { forwardClock } from '../environment/forward-clock.js';
import { oneLine } from '../domain/one-line.js';
import type { CallRules, TransferTarget } from '../telephony/telephony.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import { Addresses } from './addresses.js';
import { EventQueue } from './event-queue.js';
import { Leg, microphoneCopy } from './leg.js';
import type { LiveCall } from './live-call.js';
import { Microphone } from './microphone.js';
import type { SipOptions } from './options.js';
import { Presence, usualStatuses, type WorkStatus } from '../telephony/presence.js';
import { SessionRegistry } from './session-registry.js';
import type { SipConnection } from './sip-connection.js';
import { SipStore } from './sip-store.js';

/** The state that all parts of the SIP platform share. */
export class SipContext {
  readonly options: SipOptions;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly addresses: Addresses;
  readonly events: EventQueue;
  readonly store: SipStore;
  readonly sessions: SessionRegistry;
  readonly presence: Presence;
  readonly microphone: Microphone;
  connection!: SipConnection;
  agent: Agent | undefined;
  rules: CallRules | undefined;
  /** The agent's call. */
  live: LiveCall | undefined;
  /** Whether a call is being offered or placed. */
  busy = false;
  /** The id of the device for the other side's audio. Undefined: the browser's default. */
  speaker: string | undefined;

  constructor(options: SipOptions) {
    this.options = options;
    this.clock = forwardClock(options.clock ?? realTime.clock);
    this.timers = options.timers ?? realTime.timers;
    this.addresses = new Addresses(options);
    this.events = new EventQueue(this.clock);
    this.store = new SipStore({
      scope: options.storageKey ?? `ccai-sip:${options.user}@${options.domain}`,
      clock: this.clock,
      open: 'storage' in options ? () => Promise.resolve(options.storage) : browserStorage,
      earlier: () => localStorage,
    });
    this.sessions = new SessionRegistry(this.events, this.store);
    this.presence = new Presence(usualStatuses, { status: 'unavailable' }, (state) => {
      this.store.keepPresence(state);
      this.events.emit({ type: 'agent.status', status: state.status, next: state.next });
    });
    this.microphone = new Microphone(() => {
      if (this.live) this.events.emit({ type: 'device.lost' });
    });
  }

  /** Calls a checked address. Opens the microphone first. */
  async place(address: string, extraHeaders: readonly string[] = [], fromDisplayName?: string): Promise<Leg> {
    const { ua } = this.connection;
    const own = microphoneCopy(await this.microphone.open());
    const rtc = ua.call(address, {
      mediaStream: own,
      pcConfig: this.pcConfig,
      extraHeaders: extraHeaders.map(oneLine),
      ...(fromDisplayName !== undefined && { fromDisplayName: oneLine(fromDisplayName) }),
    });
    return this.withSpeaker(new Leg(rtc, own));
  }

  /** Calls another party during a call. An outside party sees the platform's number of that call. */
  placeSecondary({ known }: LiveCall, { kind }: TransferTarget, address: string): Promise<Leg> {
    const from = (kind === 'outside' && known.session.platformNumber) || undefined;
    return this.place(address, from ? this.addresses.identity(from) : [], from);
  }

  withSpeaker(leg: Leg): Leg {
    if (this.speaker !== undefined) leg.setSpeaker(this.speaker).catch(() => undefined);
    return leg;
  }

  get pcConfig(): RTCConfiguration {
    return { iceServers: [...(this.options.iceServers ?? [])] };
  }

  /** The agent's call, which must belong to this session. Throws `invalid` or `not-available`. */
  call(sessionId: string): LiveCall {
    const known = this.sessions.get(sessionId);
    if (this.live?.known !== known)
      throw new TelephonyError('not-available', `Session ${sessionId} is not with the agent.`);
    return this.live;
  }

  /** The agent's call, which must be connected. Throws `invalid` or `not-available`. */
  connectedCall(sessionId: string): LiveCall {
    const call = this.call(sessionId);
    if (!call.leg.confirmed || call.leg.end || call.known.session.phase !== 'connected')
      throw new TelephonyError('not-available', `Session ${sessionId} is not a connected call.`);
    return call;
  }

  /**
   * The agent's connected call, for a change by SIP. Without a connection to the server, such a change would end the
   * call. Throws `invalid`, `not-available` or `offline`.
   */
  changeableCall(sessionId: string): LiveCall {
    const call = this.connectedCall(sessionId);
    if (!this.connection.up) throw new TelephonyError('offline', 'The SIP server cannot be reached.');
    return call;
  }

  /** Sets the agent's status by the agent's sessions, and closes the microphone when no call needs it. */
  workChanged(): void {
    this.presence.follow(this.#work());
    if (!this.live && !this.busy) this.microphone.close();
  }

  #work(): WorkStatus | undefined {
    if (this.live) return 'in-call';
    const open = this.sessions.recent().filter(({ place }) => place === 'wrap-up');
    if (!open.length) return undefined;
    return open.some(({ wrapUp }) => wrapUp?.exceeded) ? 'wrap-up-exceeded' : 'wrap-up';
  }
}

/** All SIP users of the browser share one database, so that each sign-in removes the expired rows of all of them. */
const browserStorage = async (): Promise<SealedStore> =>
  (await import('../environment/sealed-database.js')).sealedDatabase('ccai-sip');
