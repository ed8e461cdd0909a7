import type { CrmHost } from '../crm/crm-host.js';
import type { Environment } from '../environment/environment.js';
import type { Opened } from '../machine/agent-context.js';
import type { outboundMachine } from '../machine/outbound-machine.js';
import type { Telephony } from '../telephony/telephony.js';
import type { DesktopLine } from './desktop-line.js';
import type { RecentRecords } from './recent-records.js';

/** What the statecharts' actors are bound to. */
export interface CallPorts {
  host: CrmHost;
  telephony: Telephony;
  environment: Environment;
  open: () => Promise<Opened>;
  line: Pick<DesktopLine, 'ask' | 'placed' | 'subscribe' | 'takeOver'>;
  recent: RecentRecords;
  /** The outbound form, bound; it comes in a file of its own. */
  loadForm: () => Promise<typeof outboundMachine>;
  /** When the last calls were placed, in ms. */
  dialled: number[];
}
