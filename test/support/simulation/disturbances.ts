import type { SimTab } from './sim-tab.js';
import type { Stage } from './stage.js';

const hour = 3_600_000;

type Disturbance = (stage: Stage, tab: SimTab) => boolean;

const ticketOf = ({ context, tickets }: Stage): number => 1 + context.below(tickets);

/** Opens another tab after a while, in place of a tab that has crashed. */
const reopen = ({ context, browser }: Stage): void =>
  context.after(50 + context.below(4000), () => void browser.open());

/** What people, the browser and the machine do. `run` returns false if it is not possible. */
const disturbances: Readonly<Record<string, { weight: number; run: Disturbance }>> = {
  edit: { weight: 10, run: (stage) => stage.crm.edit(ticketOf(stage)) },
  merge: { weight: 3, run: (stage) => stage.crm.merge(ticketOf(stage), ticketOf(stage)) },
  close: { weight: 2, run: (stage) => stage.crm.close(ticketOf(stage)) },
  'ticket hidden': {
    weight: 18,
    run: (stage) => {
      const ticket = ticketOf(stage);
      stage.crm.hidden.add(ticket);
      stage.context.after(5000 + stage.context.below(15_000), () => stage.crm.hidden.delete(ticket));
      return true;
    },
  },
  'sign out': {
    weight: 5,
    run: ({ crm, context }) => {
      crm.signedOut = true;
      context.after(5000 + context.below(50_000), () => (crm.signedOut = false));
      return true;
    },
  },
  'clock forward': { weight: 3, run: ({ context }) => ((context.ahead += hour), true) },
  'clock back': { weight: 3, run: ({ context }) => ((context.ahead -= 600_000), true) },
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
  'crash at a step': { weight: 8, run: (stage) => ((stage.crashIn = 1 + stage.context.below(60)), true) },
  freeze: {
    weight: 5,
    run: ({ context }, tab) => {
      if (!tab.works) return false;
      tab.freeze();
      context.after(1000 + context.below(40_000), () => tab.thaw());
      return true;
    },
  },
  'leader stolen': {
    weight: 5,
    run: ({ browser }) => (void browser.locks.request('line', { steal: true }, async () => {}), true),
  },
  'lead taken': { weight: 4, run: (_, tab) => tab.works && !tab.outbox.leads && (void tab.election.take(), true) },
  discard: { weight: 22, run: ({ direct }, tab) => tab.works && direct.discard(tab) },
  retry: { weight: 5, run: (_, tab) => (tab.retry(), tab.works) },
  flush: { weight: 2, run: (_, tab) => (tab.works && void tab.outbox.flush(), tab.works) },
};

const weighted = Object.entries(disturbances).flatMap(([name, { weight }]) => Array<string>(weight).fill(name));

/** Does one of the disturbances, picked by their weights. */
export function disturb(stage: Stage): void {
  const { context, browser } = stage;
  const name = context.pick(weighted);
  if (browser.tabs.length === 0) return;
  if (disturbances[name]!.run(stage, context.pick(browser.tabs))) context.count(`event ${name}`);
}

/** Nobody works for more than a week. The rows that could not be written before have then expired. */
export async function holiday(stage: Stage): Promise<void> {
  const { context, browser, crm, network, platform, direct } = stage;
  stage.crashIn = 0;
  network.isOutage = true;
  crm.signedOut = context.chance(0.3);
  for (const tab of browser.tabs.filter((one) => one.works)) for (let left = 3; left > 0; left--) direct.write(tab);
  // Waits until every tab is open that was to be opened again.
  await context.time.advance(5000 + context.below(8000));
  for (const tab of browser.tabs.filter((one) => one.works)) direct.discard(tab);
  await context.time.advance(context.below(1000));
  browser.crashAll();
  platform.forgetUndelivered();
  network.isOutage = false;
  await context.time.advance(8 * 24 * hour);
  const tab = browser.open();
  await context.time.advance(2000);
  for (let left = context.below(3); left > 0; left--) direct.discard(tab);
  // Writes for a contact that was created before the holiday.
  for (let left = 2; left > 0 && tab.works; left--) {
    direct.write(tab, 'new', 'shared');
    await context.time.advance(2000);
  }
  context.count('event holiday');
}
