import type { CrmHost } from '../crm/crm-host.js';
import type { Timers } from '../environment/environment.js';

const probeEvery = 30_000;

/**
 * B5: while the agent is signed out of the CRM, asks the CRM for the agent every 30 seconds. Calls `back` once the
 * agent is signed in again.
 */
export class SignInWatch {
  readonly #host: CrmHost;
  readonly #timers: Timers;
  readonly #back: () => void;
  #timer: unknown;
  #stopped = false;

  constructor(host: CrmHost, timers: Timers, back: () => void) {
    this.#host = host;
    this.#timers = timers;
    this.#back = back;
  }

  wait(): void {
    this.#timers.clearTimeout(this.#timer);
    this.#timer = this.#timers.setTimeout(() => {
      this.#host.getAgent().then(
        () => this.#stopped || this.#back(),
        () => this.#stopped || this.wait(),
      );
    }, probeEvery);
  }

  stop(): void {
    this.#stopped = true;
    this.#timers.clearTimeout(this.#timer);
  }
}
