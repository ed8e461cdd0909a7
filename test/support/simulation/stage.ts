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

/** The parts of one run: the surroundings of the code under test, and the browser that runs it. */
export interface Stage {
  context: SimContext;
  crm: SimZendesk;
  network: SimNetwork;
  platform: SimPlatform;
  browser: SimBrowser;
  direct: DirectWrites;
  script: Script;
  tickets: number;
  /** The number of steps until a tab crashes, at that step. 0: none crashes. */
  crashIn: number;
  /** The problems that the keeper reported and that no fault explains. */
  problems: string[];
  readonly expected: readonly Expected[];
}

export interface StageOptions extends ScriptOptions {
  /** The probability, 0 to 1, that a request has a fault [0]. */
  faults?: number;
  tickets?: number;
  parts?: Partial<TabParts>;
  /** Whether the store is slow. */
  slow?: boolean;
  onStep?: TabParts['onStep'];
}

export async function setStage(
  context: SimContext,
  { faults = 0, tickets = 3, ...options }: StageOptions = {},
): Promise<Stage> {
  // The code for phone numbers is loaded here, because it would load outside of simulated time.
  await loadPhoneNumbers();
  const { time, count, after } = context;
  const crm = new SimZendesk(time.now, after);
  for (const contact of contacts) crm.addUser(contact);
  for (let id = 1; id <= tickets; id++) crm.addTicket(id, 10 + Math.min(id, 3), ticketTags[id - 1] ?? []);
  const network = new SimNetwork(context, crm, faults);
  const script = scriptOf(context, options);
  const store = new SimStore(count);
  const platform = new SimPlatform(context, script, store.everStored);
  const problems: string[] = [];
  const browser = new SimBrowser(context, store, {
    send: (request) => network.send(request),
    platform,
    report: ({ code, message, sessionId = '', cause }) => {
      count(`problem ${code}`);
      if (code === 'unknown-session') return platform.unknown(sessionId);
      // A keeper whose turn is over stores nothing, and a look-up may fail. Any other problem is a violation.
      if (code !== 'not-kept' && code !== 'look-up-failed') problems.push(`${code}: ${message} ${String(cause ?? '')}`);
    },
    onStep: options.onStep,
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
