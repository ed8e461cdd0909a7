import type { CrmHost } from '../crm/crm-host.js';
import type { Environment } from '../domain/environment.js';
import { MemoryOutbox } from '../outbox/memory-outbox.js';
import type { Outbox } from '../outbox/outbox.js';
import type { PlatformEvent } from '../telephony/platform-event.js';
import type { Telephony } from '../telephony/telephony.js';
import { RecordKeeper, type RecordKeeperOptions } from './record-keeper.js';
import { SessionWatch } from './session-watch.js';

/** Keeper, outbox, and the watch over calls whose events never come. Loaded after the first paint. */
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
  ...options
}: Omit<RecordKeeperOptions, 'outbox'> & {
  host: CrmHost;
  environment: Environment;
  telephony: Telephony;
  hear: (event: PlatformEvent) => void;
  showTicket: (id: string) => Promise<void>;
}): RecordsOffice {
  const outbox = new MemoryOutbox({ host: options.host, environment, showTicket });
  const keeper = new RecordKeeper({ ...options, outbox });
  const watch = new SessionWatch(telephony, environment, hear);
  return {
    keeper,
    outbox,
    watch,
    stop() {
      watch.stop();
      keeper.stop();
      outbox.stop();
    },
  };
}
