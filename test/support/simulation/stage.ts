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
import type { World } from './world.js';

/** One run: the world around the code under test, and the browser that runs it. */
export interface Stage {
  world: World;
  crm: SimZendesk;
  network: SimNetwork;
  platform: SimPlatform;
  browser: SimBrowser;
  direct: DirectWrites;
  script: Script;
  tickets: number;
  /** The number of steps until the tab that takes the last one crashes. 0 for no crash. */
  crashIn: number;
  /** The problems that the keeper should not have had. */
  problems: string[];
  readonly expected: readonly Expected[];
}

export interface StageOptions extends ScriptOptions {
  /** The share of requests with a fault [0]. */
  faults?: number;
  tickets?: number;
  parts?: Partial<TabParts>;
  /** Whether the store is slow. */
  slow?: boolean;
  /** Called at each step over a tab's border. */
  border?: NonNullable<TabParts['border']>;
}

export async function setStage(
  world: World,
  { faults = 0, tickets = 3, ...options }: StageOptions = {},
): Promise<Stage> {
  // Loaded in advance, because a later import would not be on simulated time.
  await loadPhoneNumbers();
  const { time, count, after } = world;
  const crm = new SimZendesk(time.now, after);
  for (const contact of contacts) crm.addUser(contact);
  for (let id = 1; id <= tickets; id++) crm.addTicket(id, 10 + Math.min(id, 3), ticketTags[id - 1] ?? []);
  const network = new SimNetwork(world, crm, faults);
  const script = scriptOf(world, options);
  const store = new SimStore(count);
  const platform = new SimPlatform(world, script, store.kept);
  const problems: string[] = [];
  const browser = new SimBrowser(world, store, {
    send: (request) => network.send(request),
    platform,
    report: ({ code, message, sessionId = '', cause }) => {
      count(`problem ${code}`);
      if (code === 'unknown-session') return platform.unknown(sessionId);
      // A keeper whose turn is over cannot store anything. Any other problem is a failure.
      if (code !== 'not-kept' && code !== 'look-up-failed') problems.push(`${code}: ${message} ${String(cause ?? '')}`);
    },
    ...(options.border && { border: options.border }),
    ...(options.slow && { store: slowStore(world, store) }),
    ...options.parts,
  });
  const direct = new DirectWrites(world, network, store, tickets);
  return {
    ...{ world, crm, network, platform, browser, direct, script, tickets, problems },
    crashIn: 0,
    get expected() {
      return [...direct.all, ...script.events.flatMap(({ expected }) => expected)];
    },
  };
}
