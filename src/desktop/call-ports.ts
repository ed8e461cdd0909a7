import type { CrmHost } from '../crm/crm-host.js';
import type { Environment } from '../domain/environment.js';
import type { AgentFact, Opened } from '../machine/agent-context.js';
import type { outboundMachine } from '../machine/outbound-machine.js';
import type { Telephony } from '../telephony/telephony.js';
import type { RecentRecords } from './recent-records.js';

/** What the statecharts' actors are bound to. */
export interface CallPorts {
  host: CrmHost;
  telephony: Telephony;
  environment: Environment;
  open: () => Promise<Opened>;
  listen: (tell: (fact: AgentFact) => void) => () => void;
  recent: RecentRecords;
  /** The platform has taken a call on. */
  placed: (sessionId: string, key: string) => void;
  /** The outbound form, bound; it comes in a file of its own. */
  loadForm: () => Promise<typeof outboundMachine>;
  /** When the last calls were placed, in ms. */
  dialled: number[];
}
