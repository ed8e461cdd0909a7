import { SimulatedTime } from '../../../src/testing/index.js';
import { liveConnections } from './page-tones.js';

let lastMessage = performance.now();
/** What has been asked for and not been answered, of every connection to the server. */
const open = new Set<Set<string>>();

const field = (text: string, pattern: RegExp): string => pattern.exec(text)?.[1] ?? '';
const methodOf = (text: string): string => field(text, /^CSeq: \d+ ([A-Z]+)/m);
const requestOf = (text: string): string => `${methodOf(text)} ${field(text, /branch=([^;\s]+)/)}`;
const ackOf = (text: string): string => `ACK of ${field(text, /^Call-ID: (\S+)/m)}`;
const statusOf = (text: string): number => Number(field(text, /^SIP\/2\.0 (\d+)/));

/** A request waits for its answer, or until it rings; the answer to an INVITE for its ACK. */
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

/** Every message to and from a server is noticed from now on. */
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

/** Recorders that have no sound yet, or are to write the last of it. */
const recorders = new Set<MediaRecorder>();
const soon = 20;

/** How long a recorder takes is the machine's: it is waited for from now on. */
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

/** Steps of the browser's own that are under way: what is sent next comes after them. */
let steps = 0;

/** How long the browser negotiates is the machine's too. */
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

/** A timer that comes so late says that the machine has other things to do. */
const lateTimer = 60;
const quiet = 100;
const atLeast = 60;
/** Whoever does not answer for so long will not. */
const atMost = 6_000;
/** A recorder that gives nothing for so long is broken. */
const recordedAtMost = 30_000;

/** Who looks for a way through the network will send something. */
const isBusy = (): boolean =>
  steps > 0 ||
  [...open].some(({ size }) => size > 0) ||
  liveConnections().some(({ iceGatheringState }) => iceGatheringState !== 'complete');

/** What a real server and a real browser need before everything that can happen has happened. */
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

/** A clock that moves when told to, beside a server that keeps its own time. */
export const timeBesideServer = (): SimulatedTime => new SimulatedTime(undefined, untilQuiet);
