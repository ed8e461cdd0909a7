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
  /** In the menu; its label, where nothing is said. */
  path?: readonly string[];
}

export interface SipCredentials {
  /** The user part of the address, where nothing is said. */
  username?: string;
  password: string;
}

/** Where a page keeps things over a reload, sealed. */
export type SipStorage = SealedStore;

/** Headers of an INVITE in which a queue says more of a call. A header that is not there says nothing. */
export interface SipHeaders {
  /** The session's id, the same when a queue offers a call again. */
  session: string;
  queue: string;
  language: string;
  /** The number that the customer dialled; without it, that of the To header. */
  dialled: string;
}

export interface SipOptions {
  /** `wss://…`, the first that answers is used; `ws://` for tests on one machine. */
  servers: readonly string[];
  /** The host part of every address. */
  domain: string;
  /** The user part of the agent's own address. */
  user: string;
  /** Asked at each sign-in; kept in memory only, and never logged. */
  credentials?: SipCredentials | (() => Promise<SipCredentials> | SipCredentials);
  outboundNumbers: readonly OutboundNumber[];
  /** BCP 47. */
  languages: readonly string[];
  defaultLanguage?: string;
  agents?: readonly SipAgent[];
  queues?: readonly SipQueue[];
  /**
   * Names of headers [`X-Queue-ID`, `X-Language`, `X-Dialled-Number`]. `session` has no default: name it only where the server
   * sets it and removes what a caller has put there; without it a session is known by its Call-ID.
   */
  headers?: Partial<SipHeaders>;
  iceServers?: readonly RTCIceServer[];
  /** How long an offer rings, in seconds [30]. */
  offerSeconds?: number;
  /** How long a dialled number may ring, in seconds [60]. */
  ringSeconds?: number;
  /**
   * Whose REFER moves a call that is on [nobody]: nobody here has pressed for what this browser calls then. `agents`: a
   * colleague's may, to somebody of the directory; a number is never called by one.
   */
  acceptRefer?: 'agents' | 'nobody';
  /**
   * Where sessions are kept for a reload, another tab and the seven days after their end [sealed, in IndexedDB]; undefined:
   * nowhere. Of a call without a ticket nothing is in it once it has ended but the key of its dial, credentials not at all.
   */
  storage?: SipStorage | undefined;
  /** Whose they are [`ccai-sip:USER@DOMAIN`]. */
  storageKey?: string;
  clock?: Clock;
  timers?: Timers;
}
