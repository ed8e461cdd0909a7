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
  /** The desktop's agent, whose events the keeper takes. Undefined on a server, which takes all agents' events. */
  agent?: Agent;
  /** R23: whether the CRM shows tickets to the agent [true]. */
  opensTickets?: boolean;
  /** The most sessions that the keeper remembers: `unknown` without a start event, and `closed`, which the agent can
   * correct for 24 hours (R35) [50 and 200]. */
  remembers?: { unknown: number; closed: number };
  settings: () => Settings;
  /** Finds contacts and tickets that the desktop has read before. */
  recall: Recall;
  tell: (sessionId: string, fact: RecordFact) => void;
  /** B5: is called with the sessions that wait for the CRM or the platform, and with how many end cards wait (R31). */
  tellUnrecorded?: (unrecorded: readonly UnrecordedSession[], endCards: number) => void;
  /**
   * Finds the session of an event that comes days after the session, or before the event that introduces it. R34: lists
   * the messages of a chat.
   */
  telephony?: Pick<Telephony, 'getSession' | 'listMessages'>;
  /** Keeps waiting events through a reload [a journal in memory, which does not]. */
  journal?: Journal;
  /** S4: stores the digests of silent sessions. R34: stores the messages heard [none: this page remembers both]. */
  storage?: SealedStore;
  /** Is called with each problem that the agent should see. */
  report?: Report;
  clock?: Clock;
  timers?: Timers;
  /** Lets the screen be drawn before the events are taken [taken at once]. */
  nextTask?: () => Promise<void>;
}
