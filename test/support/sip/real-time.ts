import { SimulatedTime } from '../../../src/testing/index.js';
import { liveConnections } from './page-tones.js';

let lastMessage = performance.now();
/** The unanswered requests of every connection to the server. */
const open = new Set<Set<string>>();

const field = (text: string, pattern: RegExp): string => pattern.exec(text)?.[1] ?? '';
const methodOf = (text: string): string => field(text, /^CSeq: \d+ ([A-Z]+)/m);
const requestOf = (text: string): string => `${methodOf(text)} ${field(text, /branch=([^;\s]+)/)}`;
const ackOf = (text: string): string => `ACK of ${field(text, /^Call-ID: (\S+)/m)}`;
const statusOf = (text: string): number => Number(field(text, /^SIP\/2\.0 (\d+)/));

/** Adds the request to those that wait for an answer or a ringing. The answer to an INVITE waits for its ACK. */
function sent(text: string, waits: Set<string>): void {
  const status = statusOf(text);
  if (status >= 200 && status < 300 && methodOf(text) === 'INVITE') waits.add(ackOf(text));
  if (!status && methodOf(text) && methodOf(text) !== 'ACK') waits.add(requestOf(text));
}

function received(text: string): void {
  const status = statusOf(text);
  const done = status >= 180 ? requestOf(text) : !status && methodOf(text) === 'ACK' ? ackOf(text) : undefined;
  if (done) for (const waits of open) waits.delete(done);
}

/** Watches all messages to and from the server from now on. */
export function watchMessages(): void {
  const Real = globalThis.WebSocket;
  globalThis.WebSocket = class extends Real {
    readonly #waits = new Set<string>();

    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      open.add(this.#waits);
      lastMessage = performance.now();
      this.addEventListener('message', ({ data }) => {
        lastMessage = performance.now();
        received(typeof data === 'string' ? data : new TextDecoder().decode(data as ArrayBuffer));
      });
      this.addEventListener('close', () => open.delete(this.#waits));
    }

    override send(data: string | BufferSource | Blob): void {
      lastMessage = performance.now();
      if (typeof data === 'string') sent(data, this.#waits);
      super.send(data);
    }
  };
}

/** Recorders without audio yet, or whose last data is pending. */
const recorders = new Set<MediaRecorder>();
const soon = 20;

/** Makes `untilQuiet` wait for recorders, whose speed depends on the machine. */
export function watchRecorders(): void {
  const Real = globalThis.MediaRecorder;
  globalThis.MediaRecorder = class extends Real {
    #isEnding = false;

    override start(): void {
      recorders.add(this);
      const goesOn = (): void => void (this.#isEnding || this.#isWaitedForNoMore());
      this.addEventListener('dataavailable', ({ data }) => void (data.size && goesOn()));
      this.addEventListener('pause', goesOn);
      this.addEventListener('stop', () => this.#isWaitedForNoMore());
      super.start(soon);
    }

    override stop(): void {
      this.#isEnding = true;
      recorders.add(this);
      super.stop();
    }

    #isWaitedForNoMore(): void {
      if (recorders.delete(this)) lastMessage = performance.now();
    }
  };
}

/** Number of WebRTC negotiation steps in progress. Messages follow them. */
let steps = 0;

/** Makes `untilQuiet` wait for negotiation steps, whose speed depends on the machine. */
export function watchNegotiation(): void {
  const { prototype } = globalThis.RTCPeerConnection;
  for (const name of ['createOffer', 'createAnswer', 'setLocalDescription', 'setRemoteDescription'] as const) {
    const real = prototype[name] as (this: RTCPeerConnection, ...given: unknown[]) => Promise<unknown>;
    const watched = function (this: RTCPeerConnection, ...given: unknown[]): Promise<unknown> {
      steps += 1;
      return real.apply(this, given).finally(() => {
        steps -= 1;
        lastMessage = performance.now();
      });
    };
    Object.defineProperty(prototype, name, { configurable: true, writable: true, value: watched });
  }
}

/** Milliseconds between two turns of a 20 ms timer from which on the machine counts as busy. */
const lateTimer = 60;
const quiet = 100;
const atLeast = 60;
/** Milliseconds after which an answer is no longer expected. */
const atMost = 6_000;
/** Milliseconds after which a recorder without data counts as broken. */
const recordedAtMost = 30_000;

/** Whether a message is expected: during negotiation, before an answer, and while ICE candidates are gathered. */
const isBusy = (): boolean =>
  steps > 0 ||
  [...open].some(({ size }) => size > 0) ||
  liveConnections().some(({ iceGatheringState }) => iceGatheringState !== 'complete');

/** Resolves when the server and the browser have nothing left to do. */
export async function untilQuiet(): Promise<void> {
  const begin = performance.now();
  let last = begin;
  do {
    await new Promise((resolve) => setTimeout(resolve, 20));
    const now = performance.now();
    const since = now - begin;
    if (now - last > lateTimer && since < atMost) lastMessage = now;
    last = now;
    if ((isBusy() && since < atMost) || (recorders.size > 0 && since < recordedAtMost)) lastMessage = performance.now();
  } while (performance.now() - Math.max(lastMessage, begin - quiet + atLeast) < quiet);
}

/** A simulated clock that waits for the real server and browser at each advance. */
export const timeBesideServer = (): SimulatedTime => new SimulatedTime(undefined, untilQuiet);
