import { disturb, holiday } from './disturbances.js';
import { judge, longAbsence, peace } from './peace.js';
import { setStage, type Stage } from './stage.js';
import { World } from './world.js';

export interface Simulated {
  violations: readonly string[];
  /** The count of each fault, each event and each transition of an entry, such as `pending → sending`. */
  counts: Readonly<Record<string, number>>;
}

/** Enough tickets that some windows are sent as a job. */
const manyTickets = 7;
const directWrites = 14;
const fewestWrites = 20;
const fewestFaults = 3;

/**
 * One seed: about forty seconds of work in two to four tabs with all kinds of faults, then peace, then a check of the
 * CRM's log.
 */
export async function simulate(seed: number, watch?: (world: World) => void): Promise<Simulated> {
  const world = new World(seed);
  watch?.(world);
  const { below, chance, pick, time } = world;
  const away = chance(0.12) ? below(directWrites) : -1;
  const stage: Stage = await setStage(world, {
    faults: 0.12 + below(30) / 100,
    tickets: chance(0.75) ? 3 : manyTickets,
    // After an absence of more than a week, the platform no longer knows the earlier sessions.
    earlier: away < 0,
    border: (tab) => {
      if (stage.crashIn === 0 || --stage.crashIn > 0) return;
      stage.browser.crash(tab);
      world.after(50 + below(4000), () => void stage.browser.open());
    },
  });
  const { browser, crm, direct, network, tickets } = stage;
  crm.jobs.kills = () => network.stormy && chance(0.5) && (world.count('fault job killed'), true);

  for (let left = 2 + below(3); left > 0; left--) browser.open();
  await time.advance(10);
  const scripted = stage.script.events.flatMap(({ expected }) => expected).filter(({ times }) => times === 1).length;
  while (direct.made < directWrites || direct.all.length + scripted < fewestWrites || world.faults < fewestFaults) {
    const working = browser.tabs.filter((tab) => tab.works);
    const atOnce = tickets === manyTickets ? 1 + below(6) : 1;
    for (let left = atOnce; left > 0 && working.length > 0; left--) direct.write(pick(working));
    if (chance(0.35)) disturb(stage);
    if (direct.made === away) await holiday(stage);
    await time.advance(below(4000));
  }
  await peace(stage);
  if (chance(0.07)) await longAbsence(stage);
  return { violations: judge(stage), counts: world.counts };
}
