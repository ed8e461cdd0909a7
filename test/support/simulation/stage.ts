import { loadPhoneNumbers } from '../../../src/domain/phone-loader.js';
import { DirectWrites } from './direct-writes.js';
import type { Expected } from './expected.js';
import { contacts, scriptOf, ticketTags, type Script, type ScriptOptions } from './script.js';
import { SimBrowser } from './sim-browser.js';
import { SimNetwork } from './sim-network.js';
import { SimPlatform } from './sim-platform.js';
import { slowStore } from './slow-store.js';
import { SimStore } from './sim-store.js';
import type { TabParts } from './sim-tab.js';
import { SimZendesk } from './sim-zendesk.js';
import type { SimContext } from './sim-context.js';

/** Everything of one run: the surroundings of the code under test, and the browser that runs it. */
export interface Stage {
  context: SimContext;
  crm: SimZendesk;
  network: SimNetwork;
  platform: SimPlatform;
  browser: SimBrowser;
  direct: DirectWrites;
  script: Script;
  tickets: number;
  /** Steps over a border until the tab at that step ends. 0: none does. */
  crashIn: number;
  /** The problems that the keeper should not have. */
  problems: string[];
  readonly expected: readonly Expected[];
}

export interface StageOptions extends ScriptOptions {
  /** The part of requests that meet a fault [0]. */
  faults?: number;
  tickets?: number;
  parts?: Partial<TabParts>;
  /** The store takes its time. */
  slow?: boolean;
  /** Called at each step over a border between a tab and its surroundings. */
  border?: NonNullable<TabParts['border']>;
}

export async function setStage(
  context: SimContext,
  { faults = 0, tickets = 3, ...options }: StageOptions = {},
): Promise<Stage> {
  // Phone numbers are in a file of their own, which would load outside simulated time.
  await loadPhoneNumbers();
  const { time, count, after } = context;
  const crm = new SimZendesk(time.now, after);
  for (const contact of contacts) crm.addUser(contact);
  for (let id = 1; id <= tickets; id++) crm.addTicket(id, 10 + Math.min(id, 3), ticketTags[id - 1] ?? []);
  const network = new SimNetwork(context, crm, faults);
  const script = scriptOf(context, options);
  const store = new SimStore(count);
  const platform = new SimPlatform(context, script, store.kept);
  const problems: string[] = [];
  const browser = new SimBrowser(context, store, {
    send: (request) => network.send(request),
    platform,
    report: ({ code, message, sessionId = '', cause }) => {
      count(`problem ${code}`);
      if (code === 'unknown-session') return platform.unknown(sessionId);
      // A keeper whose turn is over stores nothing. Any other problem is a failure.
      if (code !== 'not-kept' && code !== 'look-up-failed') problems.push(`${code}: ${message} ${String(cause ?? '')}`);
    },
    ...(options.border && { border: options.border }),
    ...(options.slow && { store: slowStore(context, store) }),
    ...options.parts,
  });
  const direct = new DirectWrites(context, network, store, tickets);
  return {
    ...{ context, crm, network, platform, browser, direct, script, tickets, problems },
    crashIn: 0,
    get expected() {
      return [...direct.all, ...script.events.flatMap(({ expected }) => expected)];
    },
  };
}
