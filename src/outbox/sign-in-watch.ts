import type { CrmHost } from '../crm/crm-host.js';
import type { Timers } from '../environment/environment.js';

const probeEvery = 30_000;

/** B5: while the CRM's log-in is gone it is asked now and then, and once it is back, everything goes on by itself. */
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
