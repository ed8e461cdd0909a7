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
  /** At a desktop: its agent, whose events it takes. Undefined on a server, which takes those of all agents. */
  agent?: Agent;
  /** R23: whether tickets are opened in front of the agent [true]. */
  opensTickets?: boolean;
  /** How many sessions are remembered that nobody has introduced, and that are closed [50 each]. */
  remembers?: { unknown: number; closed: number };
  settings: () => Settings;
  /** Look-ups that the form has made already cost no second request. */
  recall: Recall;
  tell: (sessionId: string, fact: RecordFact) => void;
  /** B5: what waits for the CRM before it can be written, each time that it changes. */
  tellUnrecorded?: (unrecorded: readonly UnrecordedSession[]) => void;
  /** Asked for sessions whose events come days later, or before their introduction. */
  telephony?: Pick<Telephony, 'getSession'>;
  /** Where what waits survives a reload [in memory]. */
  journal?: Journal;
  /** Where a digest says that a session is without a ticket (S4) [in this page only]. */
  storage?: SealedStore;
  /** What could not be done, for the agent to see. */
  report?: Report;
  clock?: Clock;
  timers?: Timers;
}
