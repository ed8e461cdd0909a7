import { SimulatedTime } from '../../../src/testing/index.js';
import { liveConnections } from './page-tones.js';

let lastMessage = performance.now();

/** Every message to and from a server is noticed from now on. */
export function watchMessages(): void {
  const Real = globalThis.WebSocket;
  globalThis.WebSocket = class extends Real {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      lastMessage = performance.now();
      this.addEventListener('message', () => (lastMessage = performance.now()));
    }

    override send(data: string | BufferSource | Blob): void {
      lastMessage = performance.now();
      super.send(data);
    }
  };
}

const quiet = 150;
const atLeast = 60;

/** What a real server and a real browser need before everything that can happen has happened. */
export async function untilQuiet(): Promise<void> {
  const begin = performance.now();
  do {
    await new Promise((resolve) => setTimeout(resolve, 20));
    // Who looks for a way through the network will send something.
    if (liveConnections().some(({ iceGatheringState }) => iceGatheringState !== 'complete'))
      lastMessage = performance.now();
  } while (performance.now() - Math.max(lastMessage, begin - quiet + atLeast) < quiet);
}

/** A clock that moves when told to, beside a server that keeps its own time. */
export const timeBesideServer = (): SimulatedTime => new SimulatedTime(undefined, untilQuiet);
