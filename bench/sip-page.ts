// The measurements of bench/sip.ts. They run in the page of the agent who answers.
import { SipPage } from '../test/support/sip/page.js';

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1));
}

class BenchPage extends SipPage {
  #count = (type: string): number => this.types().filter((one) => one === type).length;

  /** Milliseconds from Answer to connected, with `SipTelephony`. */
  async ours(): Promise<number> {
    const connected = this.#count('session.connected');
    await until(() => this.#count('session.offered') > connected);
    const offered = this.last('session.offered');
    const begin = performance.now();
    await this.telephony.answer(offered && 'sessionId' in offered ? offered.sessionId : '');
    await until(() => this.#count('session.connected') > connected);
    return performance.now() - begin;
  }

  /** Milliseconds from Answer to connected, with JsSIP alone. */
  async bare(): Promise<number> {
    await until(() => this.customer.states.includes('ringing'));
    let isConnected = false;
    this.customer.calls.at(-1)!.on('confirmed', () => (isConnected = true));
    const begin = performance.now();
    this.customer.answer();
    await until(() => isConnected);
    return performance.now() - begin;
  }
}

declare global {
  var bench: BenchPage;
}
globalThis.sip = globalThis.bench = new BenchPage();
