import type { EndEvent, RTCSession } from 'jssip/lib/RTCSession.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import type { DialogName } from './known-session.js';

export interface LegEnd {
  by: 'local' | 'remote' | 'system';
  /** The status of the SIP response that ended it. */
  status?: number;
  cause: string;
}

type LegEventType = 'ringing' | 'accepted' | 'confirmed' | 'ended';

/** How often a change of the call is tried while another offer is in progress. */
const reofferTries = 20;
/** Milliseconds between two tries. */
const reofferPause = 150;
/** Milliseconds after which the gathering of ICE candidates stops: a STUN or TURN server may never answer. */
const gatherAtMost = 1000;

/** One SIP call to one party, with its own microphone track and its own audio output. */
export class Leg {
  readonly rtc: RTCSession;
  /** The audio of the other side. */
  readonly remote = new MediaStream();
  end: LegEnd | undefined;
  accepted = false;
  confirmed = false;
  #own: MediaStreamTrack | undefined;
  #audio = new Audio();
  /** The leg that replaces this one. While there is one, the end of this leg is not emitted. */
  #next: Leg | undefined;
  #listeners: { type: LegEventType; run: () => void }[] = [];

  /** `own` is the microphone's stream with which the call began. */
  constructor(rtc: RTCSession, own?: MediaStream) {
    this.rtc = rtc;
    this.#own = own?.getAudioTracks()[0];
    this.#audio.srcObject = this.remote;
    rtc.on('progress', () => this.#emit('ringing'));
    rtc.on('accepted', () => {
      this.accepted = true;
      this.#emit('accepted');
    });
    rtc.on('confirmed', () => {
      this.confirmed = true;
      this.#emit('confirmed');
    });
    let gathering: unknown;
    rtc.on('icecandidate', ({ ready }) => (gathering ??= setTimeout(ready, gatherAtMost)));
    rtc.on('ended', (event) => this.#ended(event));
    rtc.on('failed', (event) => this.#ended(event));
    if (rtc.connection) this.#listenTo(rtc.connection);
    else rtc.on('peerconnection', ({ peerconnection }) => this.#listenTo(peerconnection));
  }

  on(type: LegEventType, run: () => void): void {
    this.#listeners.push({ type, run });
  }

  /** Calls `then` when `next` has replaced this leg. The end of this leg is emitted only if `next` fails. */
  replaceWith(next: Leg, then: () => void): void {
    this.#next = next;
    next.on('confirmed', then);
    next.on('ended', () => {
      if (this.#next !== next || next.confirmed) return;
      this.#next = undefined;
      if (this.end) this.#emit('ended');
    });
  }

  answer(own: MediaStream, iceServers: readonly RTCIceServer[]): void {
    this.#own = own.getAudioTracks()[0];
    this.rtc.answer({ mediaStream: own, pcConfig: { iceServers: [...iceServers] } });
  }

  /** Sends `track`, or the microphone if no track is given. */
  send(track?: MediaStreamTrack): void {
    const sender = this.rtc.connection?.getSenders().find((one) => one.track?.kind === 'audio');
    const next = track ?? this.#own;
    if (!sender || !next) return;
    next.enabled = sender.track?.enabled ?? true;
    // The replacement fails only if the call ends meanwhile.
    sender.replaceTrack(next).catch(() => undefined);
  }

  async replaceMicrophone(microphone: MediaStream): Promise<void> {
    const wasSending = this.rtc.connection?.getSenders().some((one) => one.track === this.#own);
    const old = this.#own;
    this.#own = microphoneCopy(microphone).getAudioTracks()[0];
    if (wasSending && this.#own) {
      this.#own.enabled = old?.enabled ?? true;
      await this.rtc.connection
        .getSenders()
        .find((one) => one.track === old)
        ?.replaceTrack(this.#own);
    }
    old?.stop();
  }

  async setSpeaker(deviceId: string): Promise<void> {
    const audio = this.#audio as HTMLAudioElement & { setSinkId?: (id: string) => Promise<void> };
    await audio.setSinkId?.(deviceId);
  }

  set muted(muted: boolean) {
    if (muted) this.rtc.mute({ audio: true });
    else this.rtc.unmute({ audio: true });
  }

  get held(): boolean {
    return this.rtc.isOnHold().local;
  }

  /** Resolves once the other side has accepted. Throws `not-available` if the call cannot change now. */
  async hold(held: boolean): Promise<void> {
    if (this.held === held) return;
    await this.#reoffer((done) => (held ? this.rtc.hold({}, done) : this.rtc.unhold({}, done)));
  }

  /** Looks for a new network path after a change of network. */
  async restartIce(): Promise<void> {
    await this.#reoffer((done) => this.rtc.renegotiate({ rtcOfferConstraints: { iceRestart: true } }, done));
  }

  /** The dialog, once it is established. */
  get dialog(): DialogName | undefined {
    // A Replaces header needs the dialog's tags, which JsSIP keeps in a private field.
    const { _dialog: dialog } = this.rtc as unknown as {
      _dialog?: { id: { call_id: string; local_tag: string; remote_tag: string } };
    };
    if (!dialog) return undefined;
    const { call_id: callId, local_tag: localTag, remote_tag: remoteTag } = dialog.id;
    return { callId, localTag, remoteTag, peer: this.peer };
  }

  /** The user part of the other side's address. */
  get peer(): string {
    return decodeURIComponent(this.rtc.remote_identity.uri.user ?? '');
  }

  close(status?: number): void {
    if (this.end || this.rtc.isEnded()) return;
    this.rtc.terminate(status === undefined ? {} : { status_code: status });
  }

  async #reoffer(ask: (done: () => void) => boolean): Promise<void> {
    for (let tries = 0; tries < reofferTries; tries++) {
      if (this.end) break;
      if (this.rtc.isReadyToReOffer())
        return new Promise((resolve, reject) => {
          const fail = (): void =>
            reject(new TelephonyError('not-available', 'The call ended.', { failReason: 'voip_conn_signal' }));
          this.on('ended', fail);
          if (!ask(resolve)) fail();
        });
      // Another offer is in progress. Its end depends on the network, so the wait uses the real clock.
      await new Promise((resolve) => setTimeout(resolve, reofferPause));
    }
    throw new TelephonyError('not-available', 'The call cannot be changed now.');
  }

  #listenTo(connection: RTCPeerConnection): void {
    connection.addEventListener('track', ({ track }) => {
      for (const old of this.remote.getTracks()) this.remote.removeTrack(old);
      this.remote.addTrack(track);
      // A browser refuses to play before a user gesture. The click that dials or answers is one.
      this.#audio.play().catch(() => undefined);
    });
  }

  #ended({ originator, message, cause }: EndEvent): void {
    const status = (message as { status_code?: number } | null)?.status_code;
    this.end = { by: originator, cause, status };
    this.#audio.srcObject = null;
    this.#own?.stop();
    if (!this.#next) this.#emit('ended');
  }

  #emit(type: LegEventType): void {
    for (const listener of [...this.#listeners]) if (listener.type === type) listener.run();
  }
}

/** Clones the microphone's stream for one leg, because JsSIP disables the tracks of a leg on hold. */
export const microphoneCopy = (microphone: MediaStream): MediaStream =>
  new MediaStream(microphone.getAudioTracks().map((track) => track.clone()));
