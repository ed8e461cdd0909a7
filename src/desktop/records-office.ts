import type { CrmHost } from '../crm/crm-host.js';
import type { Environment } from '../domain/environment.js';
import { aloneInMemory } from '../outbox/memory-shared.js';
import { SharedOutbox } from '../outbox/shared-outbox.js';
import type { SessionRecord } from '../domain/session.js';
import type { RecordFact } from '../machine/session-machine.js';
import type { PlatformEvent } from '../telephony/platform-event.js';
import type { Telephony } from '../telephony/telephony.js';
import { showIndicator } from './panel-indicator.js';
import { RecordKeeper, type RecordKeeperOptions } from './record-keeper.js';
import { recordsOnTheirWay, type RecordsView } from './records-view.js';
import { SessionWatch } from './session-watch.js';

/** What a person does about what is on its way; without a key it is meant for all of it. */
export type RecordsCommand =
  { type: 'retryRecords'; key?: string } | { type: 'discardRecord'; key: string } | { type: 'signIn' };

/** Keeper, outbox, the watch over calls whose events never come, and the icon's state. Loaded after the first paint. */
export interface RecordsOffice {
  readonly keeper: RecordKeeper;
  readonly outbox: SharedOutbox;
  readonly watch: SessionWatch;
  readonly records: RecordsView;
  command(command: RecordsCommand): void;
  stop(): void;
}

export async function openRecordsOffice({
  environment,
  telephony,
  hear,
  showTicket,
  feed,
  tell,
  ...options
}: Omit<RecordKeeperOptions, 'outbox' | 'tell'> & {
  host: CrmHost;
  environment: Environment;
  telephony: Telephony;
  hear: (event: PlatformEvent) => void;
  showTicket: (id: string) => Promise<void>;
  /** With what the session has become in the CRM by then. */
  tell: (sessionId: string, fact: RecordFact, record: SessionRecord | undefined) => void;
  feed: Parameters<typeof showIndicator>[1];
}): Promise<RecordsOffice> {
  const { host, agent, settings } = options;
  // All sub-domains of a CRM share one storage: the name carries account and agent.
  const shared = host.volatile ? aloneInMemory() : await environment.shared(`${host.account} ${agent.id}`);
  const outbox = new SharedOutbox({ host, shared, environment, batching: () => settings().batching, showTicket });
  const { clock, timers } = environment;
  const keeper: RecordKeeper = new RecordKeeper({
    ...options,
    ...{ outbox, telephony, clock, timers },
    tell: (sessionId, fact) => tell(sessionId, fact, keeper.recordOf(sessionId)),
  });
  const watch = new SessionWatch(telephony, environment, hear);
  const letIndicatorGo = showIndicator(options.host.panel, feed);
  return {
    keeper,
    outbox,
    watch,
    get records() {
      return { records: recordsOnTheirWay(outbox.entries), durable: outbox.durable || host.volatile === true };
    },
    command(command) {
      if (command.type === 'retryRecords') {
        outbox.retry(command.key);
        keeper.retry();
      } else if (command.type === 'discardRecord') void outbox.discard(command.key);
      else
        host.signIn?.().then(
          () => outbox.retry(),
          () => undefined,
        );
    },
    stop() {
      letIndicatorGo();
      watch.stop();
      keeper.stop();
      // What waits for its window does not wait for a page that is gone.
      if (outbox.leads) void outbox.flush().finally(() => outbox.stop());
      else outbox.stop();
    },
  };
}
