import fc, { type Scheduler } from 'fast-check';
import { judge, peace } from './peace.js';
import type { Simulated } from './simulate.js';
import { setStage } from './stage.js';
import { settle } from '../../../src/testing/simulated-time.js';
import { World } from './world.js';

/** The number of interleavings of one seed. */
export const runsOfSeed = 10;

/**
 * Two to four tabs write, take the lead from each other and end, in an order that fast-check's scheduler chooses.
 * `path` repeats one interleaving.
 */
export async function interleave(seed: number, path = ''): Promise<Simulated> {
  const counts: Record<string, number> = {};
  const found = await fc.check(
    fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 4 }), fc.nat(), async (scheduler, tabs, chance) => {
      const { violations, counts: one } = await inOrderOf(scheduler, tabs, chance);
      for (const [what, times] of Object.entries(one)) counts[what] = (counts[what] ?? 0) + times;
      counts['interleavings'] = (counts['interleavings'] ?? 0) + 1;
      if (violations.length > 0) throw new Error(violations.join('; '));
    }),
    { seed, path, numRuns: runsOfSeed, endOnFailure: true },
  );
  const { failed, counterexamplePath, errorInstance } = found;
  return { violations: failed ? [`path ${counterexamplePath}: ${(errorInstance as Error).message}`] : [], counts };
}

async function inOrderOf(scheduler: Scheduler, tabs: number, chance: number): Promise<Simulated> {
  // Time goes on while some of the scheduled steps are still open.
  let left = (): number => 0;
  const drain = async (): Promise<void> => {
    await settle();
    for (const most = left(); scheduler.count() > most;) {
      await scheduler.waitOne();
      await settle();
    }
  };
  const world = new World(chance, drain);
  left = () => world.below(4);
  const stage = await setStage(world, { kinds: ['joins'] });
  const { browser, direct, platform } = stage;
  platform.stormy = false;
  const open = (): void => {
    // Each tab receives messages in order. There is no order between tabs.
    const heard: (() => void)[] = [];
    browser.open({
      hears: (run) => {
        heard.push(run);
        void scheduler.schedule(Promise.resolve()).then(() => heard.shift()!());
      },
    });
  };
  for (let more = tabs; more > 0; more--) open();
  for (let turn = 0; turn < 6; turn++) {
    for (const tab of browser.tabs) if (world.chance(0.6)) direct.write(tab);
    const tab = world.pick(browser.tabs);
    const what = world.below(6);
    if (what === 0) void tab.leadership.take();
    else if (what === 1) void browser.locks.request('line', { steal: true }, async () => {});
    else if (what === 2) {
      browser.crash(tab);
      open();
    } else if (what === 3) direct.discard(tab);
    await world.time.advance(world.below(3000));
  }
  left = () => 0;
  await peace(stage);
  return { violations: judge(stage), counts: world.counts };
}
