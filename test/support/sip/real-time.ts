import { SimulatedTime } from '../../../src/testing/index.js';

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

    override send(data: string | ArrayBufferLike | Blob | ArrayBufferView<ArrayBuffer>): void {
      lastMessage = performance.now();
      super.send(data);
    }
  };
}

const quiet = 120;
const atLeast = 60;

/** What a real server and a real browser need before everything that can happen has happened. */
export async function untilQuiet(): Promise<void> {
  const begin = performance.now();
  do await new Promise((resolve) => setTimeout(resolve, 20));
  while (performance.now() - Math.max(lastMessage, begin - quiet + atLeast) < quiet);
}

/** A clock that moves when told to, beside a server that keeps its own time. */
export const timeBesideServer = (): SimulatedTime => new SimulatedTime(undefined, untilQuiet);
