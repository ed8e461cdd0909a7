import type { CrmHost } from '../crm/crm-host.js';
import type { Environment } from '../domain/environment.js';
import { aloneInMemory } from '../outbox/memory-shared.js';
import { SharedOutbox } from '../outbox/shared-outbox.js';
import type { PlatformEvent } from '../telephony/platform-event.js';
import type { Telephony } from '../telephony/telephony.js';
import { showIndicator } from './panel-indicator.js';
import { RecordKeeper, type RecordKeeperOptions } from './record-keeper.js';
import { SessionWatch } from './session-watch.js';

/** Keeper, outbox, the watch over calls whose events never come, and the icon's state. Loaded after the first paint. */
export interface RecordsOffice {
  readonly keeper: RecordKeeper;
  readonly outbox: SharedOutbox;
  readonly watch: SessionWatch;
  stop(): void;
}

export async function openRecordsOffice({
  environment,
  telephony,
  hear,
  showTicket,
  feed,
  ...options
}: Omit<RecordKeeperOptions, 'outbox'> & {
  host: CrmHost;
  environment: Environment;
  telephony: Telephony;
  hear: (event: PlatformEvent) => void;
  showTicket: (id: string) => Promise<void>;
  feed: Parameters<typeof showIndicator>[1];
}): Promise<RecordsOffice> {
  const { host, agent, settings } = options;
  // All sub-domains of a CRM share one storage: the name carries account and agent.
  const shared = host.volatile ? aloneInMemory() : await environment.shared(`${host.account} ${agent.id}`);
  const outbox = new SharedOutbox({ host, shared, environment, batching: () => settings().batching, showTicket });
  const keeper = new RecordKeeper({ ...options, outbox });
  const watch = new SessionWatch(telephony, environment, hear);
  const letIndicatorGo = showIndicator(options.host.panel, feed);
  return {
    keeper,
    outbox,
    watch,
    stop() {
      letIndicatorGo();
      watch.stop();
      keeper.stop();
      outbox.stop();
    },
  };
}
