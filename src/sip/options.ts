import type { Clock, SealedStore, Timers } from '../environment/environment.js';
import type { OutboundNumber } from '../domain/outbound-number.js';

/** A colleague on the same server. */
export interface SipAgent {
  /** The CRM's user id. */
  id: string;
  /** The user part of their address. */
  user: string;
  label: string;
}

export interface SipQueue {
  id: string;
  /** The user part of its address. */
  user: string;
  label: string;
  /** Its path in the menu [the label]. */
  path?: readonly string[];
}

export interface SipCredentials {
  /** The name for authentication [the user part of the address]. */
  username?: string;
  password: string;
}

/** The sealed store for sessions. Sessions in it survive a reload. */
export type SipStorage = SealedStore;

/** Names of the INVITE headers with which a queue describes a call. Missing headers are ignored. */
export interface SipHeaders {
  /** The session's id. It stays the same when the queue offers the call again. */
  session: string;
  queue: string;
  language: string;
  /** The number that the customer dialled. Without it, the number in the To header is used. */
  dialled: string;
}

export interface SipOptions {
  /** WebSocket addresses: `wss://…`, or `ws://…` for tests on one machine. The first server that answers is used. */
  servers: readonly string[];
  /** The host part of every address. */
  domain: string;
  /** The user part of the agent's own address. */
  user: string;
  /** The credentials, or a function that is called at each sign-in. Credentials are never stored or logged. */
  credentials?: SipCredentials | (() => Promise<SipCredentials> | SipCredentials);
  outboundNumbers: readonly OutboundNumber[];
  /** BCP 47 tags. */
  languages: readonly string[];
  defaultLanguage?: string;
  agents?: readonly SipAgent[];
  queues?: readonly SipQueue[];
  /**
   * Names of headers [`X-Queue-ID`, `X-Language`, `X-Dialled-Number`]. `session` has no default. Set it only if the
   * server sets this header itself and removes the same header of a caller. Without `session`, the Call-ID is the
   * session's id.
   */
  headers?: Partial<SipHeaders>;
  iceServers?: readonly RTCIceServer[];
  /** Seconds for which an offer rings [30]. */
  offerSeconds?: number;
  /** Seconds for which a dialled number rings at most [60]. */
  ringSeconds?: number;
  /**
   * Whose REFER may move the agent's call ['nobody']. A REFER makes this browser place a call that the agent did not
   * ask for. With `agents`, a colleague's REFER may name an agent or a queue of the directory, but never a number.
   */
  acceptRefer?: 'agents' | 'nobody';
  /**
   * Stores the sessions for a reload, for other tabs, and for seven days after their end [sealed, in IndexedDB]. With
   * `undefined`, sessions last as long as the page. Of an ended call without a ticket it stores only the key of the dial
   * plan. It never stores credentials.
   */
  storage?: SipStorage | undefined;
  /** The owner of the stored sessions [`ccai-sip:USER@DOMAIN`]. */
  storageKey?: string;
  clock?: Clock;
  timers?: Timers;
}
