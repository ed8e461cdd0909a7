import type { Environment } from '../../environment/environment.js';
import { pause } from '../../environment/in-time.js';
import { isOutdated } from '../../environment/outdated.js';
import type { SharedOutbox } from '../../outbox/shared-outbox.js';
import type { TabLog } from './tab-log.js';

const retryDelay = 5000;

export interface OutboxLeadOptions {
  outbox: Pick<SharedOutbox, 'lead'>;
  environment: Pick<Environment, 'timers'>;
  log: Pick<TabLog, 'report'>;
  /** Is called when a newer version of the app, in another tab, uses the store. This tab must then not lead. */
  outdated: () => void;
}

/** Makes this tab's outbox lead. If the store refuses, tries again for as long as this tab leads. */
export class OutboxLead {
  readonly #options: OutboxLeadOptions;
  #stopped = false;

  constructor(options: OutboxLeadOptions) {
    this.#options = options;
  }

  /** Resolves with true once the outbox leads, and with false if this tab must not lead or no longer leads. */
  async lead(): Promise<boolean> {
    while (!this.#stopped) {
      try {
        await this.#options.outbox.lead();
        return true;
      } catch (cause) {
        if (this.#isOutdated(cause)) return false;
        this.#report(cause);
        await pause(this.#options.environment.timers, retryDelay);
      }
    }
    return false;
  }

  /**
   * Makes the outbox lead again after a pause. With a `cause`, the browser refuses the store or has cleared it. Without
   * a `cause`, another tab leads, and the election will end this tab's turn.
   */
  async leadAgain(cause: unknown): Promise<boolean> {
    if (this.#isOutdated(cause)) return false;
    if (cause !== undefined) this.#report(cause);
    await pause(this.#options.environment.timers, retryDelay);
    return this.lead();
  }

  stop(): void {
    this.#stopped = true;
  }

  #isOutdated(cause: unknown): boolean {
    if (!isOutdated(cause)) return false;
    this.#options.outdated();
    return true;
  }

  #report(cause: unknown): void {
    const message = 'The storage of this browser could not be used; trying again.';
    this.#options.log.report({ code: 'not-kept', message, cause });
  }
}
