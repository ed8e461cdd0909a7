import { disturb } from './disturbances.js';
import { judge, peace } from './peace.js';
import type { Simulated } from './simulate.js';
import { setStage, type Stage } from './stage.js';
import { World } from './world.js';

const day = 24 * 3_600_000;
const contacts = ['one', 'two', 'three', 'four'];

/**
 * Repeats combinations that are rare in an ordinary day: several writes need one new contact, which is discarded,
 * refused or expired, and needed again, by tabs that crash at that moment.
 */
export async function rareMoments(seed: number): Promise<Simulated> {
  const world = new World(seed);
  const { below, chance, time } = world;
  const stage: Stage = await setStage(world, {
    faults: 0.3,
    kinds: ['joins'],
    earlier: false,
    slow: true,
    border: (tab) => {
      if (stage.crashIn === 0 || --stage.crashIn > 0) return;
      stage.browser.crash(tab);
      world.after(50 + below(2000), () => void stage.browser.open());
    },
  });
  const { browser, network } = stage;
  for (const _ of [1, 2]) browser.open();
  await time.advance(2000);
  for (let turn = 0; turn < 12; turn++) {
    network.gloomy = turn % 3 !== 2;
    wantAll(stage, 1 + below(3));
    await time.advance(below(3000));
    const { leader } = browser;
    if (leader?.works && stage.direct.giveUpContact(leader)) world.count('event contact given up');
    // A write that needs the contact while it is being discarded, and a tab that crashes meanwhile.
    if (chance(0.5)) wantAll(stage, 1);
    if (chance(0.3)) stage.crashIn = 1 + below(12);
    if (chance(0.3)) disturb(stage);
    await time.advance(below(6000));
  }
  network.gloomy = false;
  if (chance(0.5)) await weekAway(stage);
  await peace(stage);
  return { violations: judge(stage), counts: world.counts };
}

/** What could not be created before a holiday is requested again after it. */
async function weekAway(stage: Stage): Promise<void> {
  const { world, browser, network, platform } = stage;
  network.gloomy = true;
  wantAll(stage, 6);
  await world.time.advance(world.below(12_000));
  stage.crashIn = 0;
  browser.crashAll();
  platform.giveUp();
  network.gloomy = false;
  await world.time.advance(8 * day);
  browser.open();
  await world.time.advance(2000);
  wantAll(stage, 6);
}

function wantAll({ world, browser, direct }: Stage, times: number): void {
  const working = browser.tabs.filter((tab) => tab.works);
  if (working.length === 0) return;
  for (let left = times; left > 0; left--) direct.write(world.pick(working), 'new', world.pick(contacts));
}
