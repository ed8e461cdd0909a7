import type { CrmHost } from '../../crm/crm-host.js';
import type { Settings } from '../../domain/settings.js';
import type { Environment } from '../../environment/environment.js';
import type { Recall } from '../../keeper/record-facts.js';
import type { AgentFact } from '../../machine/agent/agent-context.js';
import type { Telephony } from '../../telephony/telephony.js';
import type { DesktopEvent } from '../desktop-event.js';
import type { SnapshotFeed } from '../snapshot-feed.js';

/** The ports of a tab, and its connections to the page and to the agent's statechart. */
export interface TabOptions {
  host: CrmHost;
  telephony: Telephony;
  environment: Environment;
  recall: Recall;
  settings: () => Settings;
  feed: () => SnapshotFeed;
  /** A13: whether the agent sees this tab's panel. */
  isShown: () => boolean;
  /** Sends an event to the page. */
  emit: (event: DesktopEvent) => void;
  /** Sends a fact to the agent's statechart. */
  notifyAgent: (fact: AgentFact) => void;
}
