import type { SessionRecord } from '../../domain/session.js';
import type { Environment } from '../../environment/environment.js';
import { pause } from '../../environment/in-time.js';
import type { Telephony } from '../../telephony/telephony.js';
import type { TabLog } from './tab-log.js';

const retryDelay = 30_000;

interface PlatformRecordsOptions {
  telephony: Pick<Telephony, 'associate'>;
  environment: Pick<Environment, 'timers'>;
  log: Pick<TabLog, 'report'>;
  /** The session's contact and ticket now. Undefined once the tab no longer leads. */
  recordOf: (sessionId: string) => SessionRecord | undefined;
  /** A3: the panel has no session for a voicemail, or for a call of the history. Its lists then show the ticket. */
  stored: (sessionId: string) => void;
}

/** Tells the platform the contact and the ticket of each session. */
export class PlatformRecords {
  readonly #options: PlatformRecordsOptions;

  constructor(options: PlatformRecordsOptions) {
    this.#options = options;
  }

  tell(sessionId: string, record: SessionRecord): void {
    const { telephony, log, stored } = this.#options;
    telephony.associate(sessionId, record).then(
      () => stored(sessionId),
      (cause: unknown) => {
        const message = 'The platform did not store the ticket of a call.';
        log.report({ code: 'not-associated', message, sessionId, cause });
        if (record.correction) void this.#tellAgain(sessionId);
      },
    );
  }

  /** R35: a late event must not go to the ticket that the agent has corrected. */
  async #tellAgain(sessionId: string): Promise<void> {
    await pause(this.#options.environment.timers, retryDelay);
    const record = this.#options.recordOf(sessionId);
    if (record) this.tell(sessionId, record);
  }
}
