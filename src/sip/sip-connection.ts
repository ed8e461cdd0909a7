import type { RTCSession } from 'jssip/lib/RTCSession.js';
import type { IncomingRequest } from 'jssip/lib/SIPMessage.js';
import type { IncomingRTCSessionEvent, OutgoingRTCSessionEvent, UA } from 'jssip/lib/UA.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import type { SipOptions } from './options.js';

interface ConnectionListener {
  incoming(session: RTCSession, request: IncomingRequest): void;
  lost(): void;
  restored(): void;
}

/** Seconds between two attempts to reconnect. They grow from the minimum to the maximum. */
const recovery = { connection_recovery_min_interval: 1, connection_recovery_max_interval: 8 };
/** Milliseconds in which the server must answer the first registration. */
const signInTimeout = 12_000;
/** Milliseconds after which a registration that failed later is repeated. */
const registerAgainAfter = 5_000;

/** The connection to the SIP server. It registers the agent's address, and reconnects after a loss. */
export class SipConnection {
  #options: SipOptions;
  #ownAddress: string;
  #listener: ConnectionListener;
  #ua: UA | undefined;
  #sockets: QuietSocket[] = [];
  #up = false;

  constructor(options: SipOptions, ownAddress: string, listener: ConnectionListener) {
    this.#options = options;
    this.#ownAddress = ownAddress;
    this.#listener = listener;
  }

  /** Whether the agent's address is registered, so that calls can be placed and received. */
  get up(): boolean {
    return this.#up;
  }

  get ua(): UA {
    if (!this.#ua || !this.#up) throw new TelephonyError('offline', 'The SIP server cannot be reached.');
    return this.#ua;
  }

  /** Rejects with `offline`, `timeout`, or `not-available` if the server refuses the credentials. */
  async connect(): Promise<void> {
    if (this.#up) return;
    // The user agent is reconnecting. It is not replaced, as a call may go on meanwhile.
    if (this.#ua) throw new TelephonyError('offline', 'The SIP server cannot be reached.');
    const { credentials, servers, user } = this.#options;
    const [{ default: JsSIP }, known] = await Promise.all([
      import('jssip'),
      typeof credentials === 'function' ? credentials() : credentials,
    ]);
    // If the page has turned on the log of JsSIP, it is turned off: it would contain whole SIP messages.
    if (JsSIP.debug.enabled('JsSIP:UA')) JsSIP.debug.disable();
    this.#sockets = servers.map((server) => quiet(new JsSIP.WebSocketInterface(server)));
    const ua = new JsSIP.UA({
      sockets: this.#sockets as never,
      uri: this.#ownAddress,
      ...(known && { password: known.password, authorization_user: known.username ?? user }),
      // Without session timers, a call survives a lost connection. A failed session refresh would end the call.
      session_timers: false,
      register_expires: 120,
      no_answer_timeout: 3600,
      user_agent: 'ccai-agent-adapter',
      ...recovery,
    });
    this.#ua = ua;
    try {
      await this.#signIn(ua);
    } catch (error) {
      this.#release(ua);
      throw error;
    }
  }

  /** Unregisters. Calls are not ended, so that another page can take them over. */
  async disconnect(): Promise<void> {
    const ua = this.#ua;
    if (!ua) return;
    const signedOut = this.#up ? once(ua, ['unregistered', 'disconnected'], 2000) : undefined;
    this.#up = false;
    if (signedOut) ua.unregister();
    await signedOut;
    this.#release(ua);
  }

  #release(ua: UA): void {
    this.#ua = undefined;
    this.#up = false;
    (ua as UA & { removeAllListeners(): void }).removeAllListeners();
    for (const socket of this.#sockets) socket.silence();
    ua.stop();
  }

  #signIn(ua: UA): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = (code: 'offline' | 'not-available' | 'timeout', message: string): void => {
        clearTimeout(timer);
        reject(new TelephonyError(code, message));
      };
      // The answer depends on the server, so the wait uses the real clock.
      const timer = setTimeout(() => fail('timeout', 'The SIP server did not answer.'), signInTimeout);
      let hasSignedIn = false;
      let attempts = 0;
      ua.on('registered', () => {
        clearTimeout(timer);
        const wasUp = this.#up;
        this.#up = true;
        if (hasSignedIn && !wasUp) this.#listener.restored();
        hasSignedIn = true;
        resolve();
      });
      ua.on('registrationFailed', ({ response }) => {
        if (!hasSignedIn && response) fail('not-available', 'The SIP server refuses to sign in.');
        // JsSIP itself registers again only after it has reconnected.
        if (hasSignedIn) setTimeout(() => this.#ua === ua && ua.isConnected() && ua.register(), registerAgainAfter);
      });
      ua.on('unregistered', () => {
        if (this.#up) this.#listener.lost();
        this.#up = false;
      });
      ua.on('disconnected', () => {
        const wasUp = this.#up;
        this.#up = false;
        if (wasUp) this.#listener.lost();
        else if (!hasSignedIn && ++attempts >= this.#options.servers.length)
          fail('offline', 'The SIP server cannot be reached.');
      });
      ua.on('newRTCSession', (event: IncomingRTCSessionEvent | OutgoingRTCSessionEvent) => {
        if (event.originator === 'remote')
          this.#listener.incoming(event.session, event.request as unknown as IncomingRequest);
      });
      ua.start();
    });
  }
}

interface QuietSocket {
  silence(): void;
}

/** Adds `silence`, after which the socket sends nothing: a user agent that stops then sends no BYE to the other side. */
function quiet<T extends { send(message: string): boolean }>(socket: T): T & QuietSocket {
  const send = socket.send.bind(socket);
  let silent = false;
  socket.send = (message) => silent || send(message);
  return Object.assign(socket, { silence: () => void (silent = true) });
}

function once(ua: UA, events: readonly ('unregistered' | 'disconnected')[], milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    for (const event of events)
      ua.on(event, () => {
        clearTimeout(timer);
        resolve();
      });
  });
}
