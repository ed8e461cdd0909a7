import type { SimTab } from './sim-tab.js';
import type { Stage } from './stage.js';

const hour = 3_600_000;

type Disturbance = (stage: Stage, tab: SimTab) => boolean;

const ticketOf = ({ world, tickets }: Stage): number => 1 + world.below(tickets);

/** Opens a new tab after a while, in place of a crashed one. */
const reopen = ({ world, browser }: Stage): void => world.after(50 + world.below(4000), () => void browser.open());

/** What people, the browser and the machine do. `run` returns false if it did nothing. */
const disturbances: Readonly<Record<string, { weight: number; run: Disturbance }>> = {
  edit: { weight: 10, run: (stage) => stage.crm.edit(ticketOf(stage)) },
  merge: { weight: 3, run: (stage) => stage.crm.merge(ticketOf(stage), ticketOf(stage)) },
  close: { weight: 2, run: (stage) => stage.crm.close(ticketOf(stage)) },
  'ticket hidden': {
    weight: 18,
    run: (stage) => {
      const ticket = ticketOf(stage);
      stage.crm.hidden.add(ticket);
      stage.world.after(5000 + stage.world.below(15_000), () => stage.crm.hidden.delete(ticket));
      return true;
    },
  },
  'sign out': {
    weight: 5,
    run: ({ crm, world }) => {
      crm.signedOut = true;
      world.after(5000 + world.below(50_000), () => (crm.signedOut = false));
      return true;
    },
  },
  'clock forward': { weight: 3, run: ({ world }) => ((world.ahead += hour), true) },
  'clock back': { weight: 3, run: ({ world }) => ((world.ahead -= 600_000), true) },
  'tab crash': {
    weight: 4,
    run: (stage, tab) => {
      stage.browser.crash(tab);
      reopen(stage);
      return true;
    },
  },
  'browser crash': {
    weight: 3,
    run: (stage) => {
      for (const _ of stage.browser.tabs) reopen(stage);
      stage.browser.crashAll();
      return true;
    },
  },
  'crash at a step': { weight: 8, run: (stage) => ((stage.crashIn = 1 + stage.world.below(60)), true) },
  freeze: {
    weight: 5,
    run: ({ world }, tab) => {
      if (!tab.works) return false;
      tab.freeze();
      world.after(1000 + world.below(40_000), () => tab.thaw());
      return true;
    },
  },
  'leader stolen': {
    weight: 5,
    run: ({ browser }) => (void browser.locks.request('line', { steal: true }, async () => {}), true),
  },
  'line taken': { weight: 4, run: (_, tab) => tab.works && !tab.outbox.leads && (void tab.leadership.take(), true) },
  discard: { weight: 22, run: ({ direct }, tab) => tab.works && direct.discard(tab) },
  retry: { weight: 5, run: (_, tab) => (tab.retry(), tab.works) },
  flush: { weight: 2, run: (_, tab) => (tab.works && void tab.outbox.flush(), tab.works) },
};

const bag = Object.entries(disturbances).flatMap(([name, { weight }]) => Array<string>(weight).fill(name));

export function disturb(stage: Stage): void {
  const { world, browser } = stage;
  const name = world.pick(bag);
  if (browser.tabs.length === 0) return;
  if (disturbances[name]!.run(stage, world.pick(browser.tabs))) world.count(`event ${name}`);
}

/** All tabs are closed for more than a week. Then the unwritten rows are found. */
export async function holiday(stage: Stage): Promise<void> {
  const { world, browser, crm, network, platform, direct } = stage;
  stage.crashIn = 0;
  network.gloomy = true;
  crm.signedOut = world.chance(0.3);
  for (const tab of browser.tabs.filter((one) => one.works)) for (let left = 3; left > 0; left--) direct.write(tab);
  // Waits until all tabs are open again.
  await world.time.advance(5000 + world.below(8000));
  for (const tab of browser.tabs.filter((one) => one.works)) direct.discard(tab);
  await world.time.advance(world.below(1000));
  browser.crashAll();
  platform.giveUp();
  network.gloomy = false;
  await world.time.advance(8 * 24 * hour);
  const tab = browser.open();
  await world.time.advance(2000);
  for (let left = world.below(3); left > 0; left--) direct.discard(tab);
  // For a contact that was created before, and that may have been deleted since.
  for (let left = 2; left > 0 && tab.works; left--) {
    direct.write(tab, 'new', 'shared');
    await world.time.advance(2000);
  }
  world.count('event holiday');
}
