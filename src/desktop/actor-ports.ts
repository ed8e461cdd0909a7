import type { CrmHost } from '../crm/crm-host.js';
import type { Environment } from '../environment/environment.js';
import type { Opened } from '../machine/agent/agent-context.js';
import type { outboundMachine } from '../machine/outbound/outbound-machine.js';
import type { Telephony } from '../telephony/telephony.js';
import type { LeaderLink } from './tabs/leader-link.js';
import type { RecentRecords } from './recent-records.js';

/** What the statecharts' actors are bound to. */
export interface ActorPorts {
  host: CrmHost;
  telephony: Telephony;
  environment: Environment;
  open: () => Promise<Opened>;
  leader: Pick<LeaderLink, 'ask' | 'placed' | 'subscribe' | 'takeOver'>;
  recent: RecentRecords;
  /** The outbound form, bound; it comes in a file of its own. */
  loadForm: () => Promise<typeof outboundMachine>;
  /** When the last calls were placed, in ms. */
  dialled: number[];
}
