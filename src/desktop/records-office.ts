import type { CrmHost } from '../crm/crm-host.js';
import type { Environment } from '../domain/environment.js';
import { MemoryOutbox } from '../outbox/memory-outbox.js';
import type { Outbox } from '../outbox/outbox.js';
import type { PlatformEvent } from '../telephony/platform-event.js';
import type { Telephony } from '../telephony/telephony.js';
import { showIndicator } from './panel-indicator.js';
import { RecordKeeper, type RecordKeeperOptions } from './record-keeper.js';
import { SessionWatch } from './session-watch.js';

/** Keeper, outbox, the watch over calls whose events never come, and the icon's state. Loaded after the first paint. */
export interface RecordsOffice {
  readonly keeper: RecordKeeper;
  readonly outbox: Outbox;
  readonly watch: SessionWatch;
  stop(): void;
}

export function openRecordsOffice({
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
}): RecordsOffice {
  const outbox = new MemoryOutbox({ host: options.host, environment, showTicket });
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
