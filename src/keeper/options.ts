import type { CrmHost } from '../crm/crm-host.js';
import type { Agent } from '../domain/agent.js';
import type { Clock, SealedStore, Timers } from '../environment/environment.js';
import type { Settings } from '../domain/settings.js';
import type { UnrecordedSession, RecordFact } from '../domain/record-fact.js';
import type { Outbox } from '../outbox/outbox.js';
import type { Telephony } from '../telephony/telephony.js';
import type { Recall } from './record-facts.js';
import type { Journal } from './journal.js';
import type { Report } from './problem.js';

export interface RecordKeeperOptions {
  host: CrmHost;
  outbox: Outbox;
  /** The desktop's agent: only their events are taken. Undefined on a server: it takes the events of all agents. */
  agent?: Agent;
  /** R23: whether the CRM shows tickets to the agent [true]. */
  opensTickets?: boolean;
  /** How many sessions the keeper remembers that no event has introduced, and that are closed [50 each]. */
  remembers?: { unknown: number; closed: number };
  settings: () => Settings;
  /** Contacts and tickets that the form has read already need no second request. */
  recall: Recall;
  tell: (sessionId: string, fact: RecordFact) => void;
  /** B5: is called with the sessions that wait for the CRM or the platform, each time that they change. */
  tellUnrecorded?: (unrecorded: readonly UnrecordedSession[]) => void;
  /** Is asked which session an event belongs to, when it comes days later or before its session. */
  telephony?: Pick<Telephony, 'getSession'>;
  /** Where waiting events survive a reload [in memory]. */
  journal?: Journal;
  /** S4: where the digests of sessions without a ticket are stored [in this page only]. */
  storage?: SealedStore;
  /** Is called with each problem that the agent should see. */
  report?: Report;
  clock?: Clock;
  timers?: Timers;
}
