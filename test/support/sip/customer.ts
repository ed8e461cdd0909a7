import JsSIP from 'jssip';
import type { IncomingRTCSessionEvent, OutgoingRTCSessionEvent, UA } from 'jssip/lib/UA.js';
import type { RTCSession } from 'jssip/lib/RTCSession.js';

/** How a telephone reacts to a call: it rings, answers, or refuses with a SIP status. */
export type Conduct = 'rings' | 'answers' | number;

/** A telephone with JsSIP only, and none of the product's code. It follows REFER and Replaces. */
export class Customer {
  conduct: Conduct = 'answers';
  /** False refuses every Replaces, as a telephone without support for it does. */
  replaceable = true;
  /** Number of incoming calls, without those that replaced another. */
  rang = 0;
  calls: RTCSession[] = [];
  /** Called when the telephone rings. */
  onRing: () => void = () => {};
  /** Called when an outgoing call is refused, with the SIP status. */
  onRefused: (status: number | undefined) => void = () => {};
  #ua: UA;
  #domain: string;
  #register: boolean;

  constructor(server: string, domain: string, user: string, password: string, register = true) {
    this.#domain = domain;
    this.#register = register;
    this.#ua = new JsSIP.UA({
      sockets: new JsSIP.WebSocketInterface(server) as never,
      uri: `sip:${user}@${domain}`,
      password,
      register,
      session_timers: false,
      connection_recovery_min_interval: 1,
      connection_recovery_max_interval: 2,
    });
  }

  signIn(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#ua.on(this.#register ? 'registered' : 'connected', () => resolve());
      this.#ua.on('registrationFailed', ({ cause }) => reject(new Error(String(cause))));
      this.#ua.on('newRTCSession', (event: IncomingRTCSessionEvent | OutgoingRTCSessionEvent) => {
        this.#keep(event.session);
        if (event.originator === 'remote') this.#rings(event.session);
      });
      this.#ua.start();
    });
  }

  /** Resolves when the last outgoing call rings or is refused. */
  first: Promise<void> = Promise.resolve();

  call(user: string, headers: readonly string[] = []): void {
    const mediaConstraints = { audio: true };
    const call = this.#ua.call(`sip:${user}@${this.#domain}`, { mediaConstraints, extraHeaders: [...headers] });
    this.first = new Promise((resolve) => {
      call.on('progress', () => resolve());
      call.on('failed', () => resolve());
    });
  }

  get isSignedIn(): boolean {
    return this.#ua.isRegistered();
  }

  /** Answers the calls that ring. */
  answer(): void {
    for (const call of this.calls)
      if (call.direction === 'incoming' && call.isInProgress()) call.answer({ mediaConstraints: { audio: true } });
  }

  refuse(status: number): void {
    for (const call of this.calls)
      if (call.direction === 'incoming' && call.isInProgress()) call.terminate({ status_code: status });
  }

  hangUp(): void {
    for (const call of this.calls) if (!call.isEnded()) call.terminate();
  }

  /** The state of each call: `ringing`, `on`, `held`, or JsSIP's cause of its end. */
  get states(): string[] {
    return this.calls.map((call) => {
      if (call.isEstablished()) return call.isOnHold().remote ? 'held' : 'on';
      return call.isEnded() ? (this.#ends.get(call) ?? 'ended') : 'ringing';
    });
  }

  leave(): void {
    this.#ua.stop();
  }

  #ends = new Map<RTCSession, string>();
  #taking = new WeakSet<RTCSession>();

  #keep(call: RTCSession): void {
    this.calls.push(call);
    call.on('failed', ({ cause, message }) => {
      this.#ends.set(call, cause);
      if (call.direction === 'outgoing') this.onRefused((message as { status_code?: number } | null)?.status_code);
    });
    call.on('ended', ({ cause }) => this.#ends.set(call, cause));
    call.on('peerconnection', ({ peerconnection }) => play(peerconnection));
    if (call.connection) play(call.connection);
    call.on('refer', ({ accept }) => accept(undefined, { mediaConstraints: { audio: true } }));
    call.on('replaces', ({ accept, reject }) => {
      if (!this.replaceable) return reject();
      accept((next: RTCSession) => {
        this.#taking.add(next);
        queueMicrotask(() => next.answer({ mediaConstraints: { audio: true } }));
      });
    });
  }

  #rings(call: RTCSession): void {
    if (this.#taking.has(call)) return;
    this.rang++;
    this.onRing();
    if (this.conduct === 'answers') call.answer({ mediaConstraints: { audio: true } });
    else if (typeof this.conduct === 'number') call.terminate({ status_code: this.conduct });
  }
}

function play(connection: RTCPeerConnection): void {
  connection.addEventListener('track', ({ track }) => {
    const audio = new Audio();
    audio.srcObject = new MediaStream([track]);
    void audio.play();
  });
}
