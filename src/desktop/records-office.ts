import type { CrmHost } from '../crm/crm-host.js';
import type { Environment } from '../domain/environment.js';
import { MemoryOutbox } from '../outbox/memory-outbox.js';
import type { Outbox } from '../outbox/outbox.js';
import { RecordKeeper, type RecordKeeperOptions } from './record-keeper.js';

/** Keeper and outbox: what writes to the CRM. Loaded after the first paint. */
export interface RecordsOffice {
  readonly keeper: RecordKeeper;
  readonly outbox: Outbox;
  stop(): void;
}

export function openRecordsOffice({
  environment,
  showTicket,
  ...options
}: Omit<RecordKeeperOptions, 'outbox'> & {
  host: CrmHost;
  environment: Environment;
  showTicket: (id: string) => Promise<void>;
}): RecordsOffice {
  const outbox = new MemoryOutbox({ host: options.host, environment, showTicket });
  const keeper = new RecordKeeper({ ...options, outbox });
  return {
    keeper,
    outbox,
    stop() {
      keeper.stop();
      outbox.stop();
    },
  };
}
