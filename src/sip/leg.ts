import type { EndEvent, RTCSession } from 'jssip/lib/RTCSession.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import type { DialogName } from './known-session.js';

export interface LegEnd {
  by: 'local' | 'remote' | 'system';
  /** Of the SIP response, where one ended it. */
  status?: number;
  cause: string;
}

type LegEventType = 'ringing' | 'accepted' | 'confirmed' | 'ended';

const reofferTries = 20;
const reofferPause = 150;
/** A way through the network that is found later is done without: a server that is asked for it may be silent. */
const gatherAtMost = 1000;

/** One SIP call to one party, with its own track of the microphone and its own loudspeaker. */
export class Leg {
  readonly rtc: RTCSession;
  /** What the other side sends. */
  readonly remote = new MediaStream();
  end: LegEnd | undefined;
  accepted = false;
  confirmed = false;
  #own: MediaStreamTrack | undefined;
  #audio = new Audio();
  /** What takes its place, once it is there: then the end of this one is nobody's. */
  #next: Leg | undefined;
  #listeners: { moment: LegEventType; run: () => void }[] = [];

  /** `own`: what is sent, where the call has begun with it. */
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

  on(moment: LegEventType, run: () => void): void {
    this.#listeners.push({ moment, run });
  }

  /** Until the next leg is there this one counts; its end meanwhile is told only if the next one fails. */
  giveWayTo(next: Leg, then: () => void): void {
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

  /** Sends something else; without a track, the microphone again. */
  send(track?: MediaStreamTrack): void {
    const sender = this.rtc.connection?.getSenders().find((one) => one.track?.kind === 'audio');
    const next = track ?? this.#own;
    if (!sender || !next) return;
    next.enabled = sender.track?.enabled ?? true;
    // Fails only where the call ends meanwhile.
    sender.replaceTrack(next).catch(() => undefined);
  }

  /** Another microphone. */
  async replaceMicrophone(microphone: MediaStream): Promise<void> {
    const wasSending = this.rtc.connection?.getSenders().some((one) => one.track === this.#own);
    const old = this.#own;
    this.#own = ownTrack(microphone).getAudioTracks()[0];
    if (wasSending && this.#own) {
      this.#own.enabled = old?.enabled ?? true;
      await this.rtc.connection
        .getSenders()
        .find((one) => one.track === old)
        ?.replaceTrack(this.#own);
    }
    old?.stop();
  }

  async speaker(deviceId: string): Promise<void> {
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

  /** Resolves once the other side has agreed. Throws `not-available` where the call cannot change now. */
  async hold(held: boolean): Promise<void> {
    if (this.held === held) return;
    await this.#reoffer((done) => (held ? this.rtc.hold({}, done) : this.rtc.unhold({}, done)));
  }

  /** The way through the network has changed: find another. */
  async restartIce(): Promise<void> {
    await this.#reoffer((done) => this.rtc.renegotiate({ rtcOfferConstraints: { iceRestart: true } }, done));
  }

  /** The dialog's name, once there is one. */
  get dialog(): DialogName | undefined {
    // JsSIP shows the dialog nowhere; a Replaces header needs its tags.
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
          const gone = (): void =>
            reject(new TelephonyError('not-available', 'The call ended.', { failReason: 'voip_conn_signal' }));
          this.on('ended', gone);
          if (!ask(resolve)) gone();
        });
      // The other side changes something too; by the real clock, since it is the network that is waited for.
      await new Promise((resolve) => setTimeout(resolve, reofferPause));
    }
    throw new TelephonyError('not-available', 'The call cannot be changed now.');
  }

  #listenTo(connection: RTCPeerConnection): void {
    connection.addEventListener('track', ({ track }) => {
      for (const old of this.remote.getTracks()) this.remote.removeTrack(old);
      this.remote.addTrack(track);
      // Refused until the person has touched the page: the click that dials or answers is such a touch.
      this.#audio.play().catch(() => undefined);
    });
  }

  #ended({ originator, message, cause }: EndEvent): void {
    const status = (message as { status_code?: number } | null)?.status_code;
    this.end = { by: originator, cause, ...(status !== undefined && { status }) };
    this.#audio.srcObject = null;
    this.#own?.stop();
    if (!this.#next) this.#emit('ended');
  }

  #emit(moment: LegEventType): void {
    for (const listener of [...this.#listeners]) if (listener.moment === moment) listener.run();
  }
}

/** A track of one leg's own: JsSIP switches tracks off on hold. */
export const ownTrack = (microphone: MediaStream): MediaStream =>
  new MediaStream(microphone.getAudioTracks().map((track) => track.clone()));
