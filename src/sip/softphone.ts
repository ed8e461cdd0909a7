import { Conference } from './conference.js';
import { SessionLifecycle } from './session-lifecycle.js';
import { Dialler } from './dialler.js';
import { InCall } from './in-call.js';
import type { Leg } from './leg.js';
import type { LiveCall } from './live-call.js';
import { Media } from './media.js';
import { Offers } from './offers.js';
import type { SipOptions } from './options.js';
import { PeerRequests } from './peer-requests.js';
import { Resuming } from './resuming.js';
import { SipConnection } from './sip-connection.js';
import { Transfers } from './transfers.js';
import { SipContext } from './sip-context.js';

/** Milliseconds after which the called side restarts ICE. If both sides restarted at once, their offers would collide. */
const calleeRestartDelay = 4_000;
/**
 * Milliseconds after which the calling side restarts ICE if only the server was lost. The network may be unchanged, so
 * that the call may need no restart.
 */
const callerRestartDelay = 1_500;

/** Composes the parts of the SIP platform. Handles sign-out, devices, network changes and the page's unload. */
export class Softphone {
  readonly options: SipOptions;
  readonly context: SipContext;
  readonly lifecycle: SessionLifecycle;
  readonly dialler: Dialler;
  readonly offers: Offers;
  readonly inCall: InCall;
  readonly transfers: Transfers;
  readonly conference: Conference;
  readonly resuming: Resuming;
  readonly #onPageHide = (): void => this.#releaseUnanswered();
  /** Whether the browser was offline, so that its network may have changed. */
  #wasOffline = false;
  readonly #onOnline = (): void => {
    this.#wasOffline = true;
    this.#restartIce();
  };

  constructor(options: SipOptions) {
    this.options = options;
    const context = (this.context = new SipContext(options));
    const media = new Media(context);
    this.lifecycle = new SessionLifecycle(context, media);
    const peerRequests = new PeerRequests(context, this.lifecycle);
    const attend = (call: LiveCall): void => peerRequests.attend(call);
    const attendSecondary: PeerRequests['attendSecondary'] = (leg, then) => peerRequests.attendSecondary(leg, then);
    this.dialler = new Dialler(context, this.lifecycle, attend);
    this.offers = new Offers(context, this.lifecycle, attend);
    this.inCall = new InCall(context);
    this.transfers = new Transfers(context, this.lifecycle, this.inCall, attendSecondary);
    this.conference = new Conference(context, this.lifecycle, media, this.inCall, attendSecondary);
    this.resuming = new Resuming(context, this.lifecycle, this.offers, peerRequests);
    context.connection = new SipConnection(options, context.addresses.own, {
      incoming: (rtc, request) => {
        if (!peerRequests.expects(rtc)) this.offers.receive(rtc, request);
      },
      lost: () => context.events.emit({ type: 'connection.lost' }),
      restored: () => {
        context.events.emit({ type: 'connection.restored' });
        this.#restartIce();
      },
    });
  }

  /** Listens to the page's unload and to its network. */
  watchPage(): void {
    addEventListener('pagehide', this.#onPageHide);
    addEventListener('online', this.#onOnline);
  }

  async signOut(): Promise<void> {
    const { context } = this;
    if (!context.agent) return;
    this.offers.withdraw();
    const { live } = context;
    if (live && !live.leg.confirmed) {
      live.endedHere = { by: 'agent', failReason: 'ag_canceled' };
      live.leg.close();
    } else if (live) await this.lifecycle.release(live);
    this.lifecycle.haltWrapUps();
    await context.connection.disconnect();
    await context.store.settled;
    context.microphone.close();
    context.agent = undefined;
    removeEventListener('pagehide', this.#onPageHide);
    removeEventListener('online', this.#onOnline);
  }

  async setDevices({ microphone, speaker }: { microphone?: string; speaker?: string }): Promise<void> {
    const { context } = this;
    if (speaker !== undefined) {
      context.speaker = speaker;
      await Promise.all(this.#legs().map((leg) => leg.setSpeaker(speaker)));
    }
    if (microphone === undefined || !(await context.microphone.choose(microphone))) return;
    const stream = await context.microphone.open();
    context.live?.mixer?.setMicrophone(stream);
    for (const leg of this.#legs()) await leg.replaceMicrophone(stream);
  }

  #legs(): Leg[] {
    const { live } = this.context;
    if (!live) return [];
    const others = [...live.others.values()].map(({ leg }) => leg);
    return [live.leg, ...(live.transfer?.leg ? [live.transfer.leg] : []), ...others];
  }

  /** Restarts ICE on every leg. A leg with a working network path is left alone, unless the browser was offline. */
  #restartIce(): void {
    const { context } = this;
    if (!context.connection.up) return;
    for (const leg of this.#legs()) {
      const restart = (): void => void leg.restartIce().catch(() => undefined);
      if (!leg.confirmed || leg.end) continue;
      const isCaller = leg.rtc.direction === 'outgoing';
      if (isCaller && this.#wasOffline) restart();
      else
        context.timers.setTimeout(
          () => {
            const { iceConnectionState } = leg.rtc.connection;
            if (!leg.end && context.connection.up && !['connected', 'completed'].includes(iceConnectionState))
              restart();
          },
          isCaller ? callerRestartDelay : calleeRestartDelay,
        );
    }
    this.#wasOffline = false;
  }

  /**
   * Ends ringing calls when the page unloads. The next page emits the end of these calls, and takes over the connected
   * calls.
   */
  #releaseUnanswered(): void {
    const { live } = this.context;
    this.offers.refuseOnUnload();
    if (!live || live.leg.confirmed) return;
    live.isReleased = true;
    live.leg.close();
  }
}
