import fc, { type Scheduler } from 'fast-check';
import { endFaults, judge } from './end-of-run.js';
import type { Simulated } from './simulate.js';
import { setStage } from './stage.js';
import { settle } from '../../../src/testing/simulated-time.js';
import { SimContext } from './sim-context.js';

/** The number of interleavings of one seed. */
export const runsOfSeed = 10;

/**
 * Simulates two to four tabs that write, take the lead from each other and crash. The scheduler of fast-check chooses
 * the order of the steps. `path` repeats one order.
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
  // The number of scheduled steps that may be left when time goes on.
  let mayBeLeft = (): number => 0;
  const drain = async (): Promise<void> => {
    await settle();
    for (const most = mayBeLeft(); scheduler.count() > most;) {
      await scheduler.waitOne();
      await settle();
    }
  };
  const context = new SimContext(chance, drain);
  mayBeLeft = () => context.below(4);
  const stage = await setStage(context, { kinds: ['joins'] });
  const { browser, direct, platform } = stage;
  platform.hasFaults = false;
  const open = (): void => {
    // What reaches one tab keeps its order. Between tabs there is no order.
    const arrived: (() => void)[] = [];
    browser.open({
      schedule: (run) => {
        arrived.push(run);
        void scheduler.schedule(Promise.resolve()).then(() => arrived.shift()!());
      },
    });
  };
  for (let more = tabs; more > 0; more--) open();
  for (let turn = 0; turn < 6; turn++) {
    for (const tab of browser.tabs) if (context.chance(0.6)) direct.write(tab);
    const tab = context.pick(browser.tabs);
    const what = context.below(6);
    if (what === 0) void tab.election.take();
    else if (what === 1) void browser.locks.request('line', { steal: true }, async () => {});
    else if (what === 2) {
      browser.crash(tab);
      open();
    } else if (what === 3) direct.discard(tab);
    await context.time.advance(context.below(3000));
  }
  mayBeLeft = () => 0;
  await endFaults(stage);
  return { violations: judge(stage), counts: context.counts };
}
