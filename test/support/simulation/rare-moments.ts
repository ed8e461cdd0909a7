import { disturb } from './disturbances.js';
import { endFaults, judge } from './end-of-run.js';
import type { Simulated } from './simulate.js';
import { setStage, type Stage } from './stage.js';
import { SimContext } from './sim-context.js';

const day = 24 * 3_600_000;
const contacts = ['one', 'two', 'three', 'four'];

/**
 * Simulates one seed of a profile in which rare faults coincide: several tabs create the same contact, which is
 * discarded, refused or expired and then created again, while tabs crash.
 */
export async function rareMoments(seed: number): Promise<Simulated> {
  const context = new SimContext(seed);
  const { below, chance, time } = context;
  const stage: Stage = await setStage(context, {
    faults: 0.3,
    kinds: ['joins'],
    earlier: false,
    slow: true,
    onStep: (tab) => {
      if (stage.crashIn === 0 || --stage.crashIn > 0) return;
      stage.browser.crash(tab);
      context.after(50 + below(2000), () => void stage.browser.open());
    },
  });
  const { browser, network } = stage;
  for (const _ of [1, 2]) browser.open();
  await time.advance(2000);
  for (let turn = 0; turn < 12; turn++) {
    network.isOutage = turn % 3 !== 2;
    createContacts(stage, 1 + below(3));
    await time.advance(below(3000));
    const { leader } = browser;
    if (leader?.works && stage.direct.discardContact(leader)) context.count('event contact discarded');
    // Creates the contact while it is being discarded, and crashes a tab meanwhile.
    if (chance(0.5)) createContacts(stage, 1);
    if (chance(0.3)) stage.crashIn = 1 + below(12);
    if (chance(0.3)) disturb(stage);
    await time.advance(below(6000));
  }
  network.isOutage = false;
  if (chance(0.5)) await weekAway(stage);
  await endFaults(stage);
  return { violations: judge(stage), counts: context.counts };
}

/** Nobody works for more than a week. Then the contacts are created again that could not be created before. */
async function weekAway(stage: Stage): Promise<void> {
  const { context, browser, network, platform } = stage;
  network.isOutage = true;
  createContacts(stage, 6);
  await context.time.advance(context.below(12_000));
  stage.crashIn = 0;
  browser.crashAll();
  platform.forgetUndelivered();
  network.isOutage = false;
  await context.time.advance(8 * day);
  browser.open();
  await context.time.advance(2000);
  createContacts(stage, 6);
}

function createContacts({ context, browser, direct }: Stage, times: number): void {
  const working = browser.tabs.filter((tab) => tab.works);
  if (working.length === 0) return;
  for (let left = times; left > 0; left--) direct.write(context.pick(working), 'new', context.pick(contacts));
}
