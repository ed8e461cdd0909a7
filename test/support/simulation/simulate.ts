import { disturb, holiday } from './disturbances.js';
import { judge, longAbsence, peace } from './peace.js';
import { setStage, type Stage } from './stage.js';
import { SimContext } from './sim-context.js';

export interface Simulated {
  violations: readonly string[];
  /** How often each fault and event occurred, and each transition of a row: `pending → sending`. */
  counts: Readonly<Record<string, number>>;
}

/** Enough tickets that some writes of one window are sent as a job. */
const manyTickets = 7;
const directWrites = 14;
const fewestWrites = 20;
const fewestFaults = 3;

/**
 * One seed: about forty seconds of work in two to four tabs with all faults, then a time without faults, then the check
 * of the CRM's log.
 */
export async function simulate(seed: number, watch?: (context: SimContext) => void): Promise<Simulated> {
  const context = new SimContext(seed);
  watch?.(context);
  const { below, chance, pick, time } = context;
  const away = chance(0.12) ? below(directWrites) : -1;
  const stage: Stage = await setStage(context, {
    faults: 0.12 + below(30) / 100,
    tickets: chance(0.75) ? 3 : manyTickets,
    // After more than a week, earlier sessions are not known any more.
    earlier: away < 0,
    border: (tab) => {
      if (stage.crashIn === 0 || --stage.crashIn > 0) return;
      stage.browser.crash(tab);
      context.after(50 + below(4000), () => void stage.browser.open());
    },
  });
  const { browser, crm, direct, network, tickets } = stage;
  crm.jobs.kills = () => network.stormy && chance(0.5) && (context.count('fault job killed'), true);

  for (let left = 2 + below(3); left > 0; left--) browser.open();
  await time.advance(10);
  const scripted = stage.script.events.flatMap(({ expected }) => expected).filter(({ times }) => times === 1).length;
  while (direct.made < directWrites || direct.all.length + scripted < fewestWrites || context.faults < fewestFaults) {
    const working = browser.tabs.filter((tab) => tab.works);
    const atOnce = tickets === manyTickets ? 1 + below(6) : 1;
    for (let left = atOnce; left > 0 && working.length > 0; left--) direct.write(pick(working));
    if (chance(0.35)) disturb(stage);
    if (direct.made === away) await holiday(stage);
    await time.advance(below(4000));
  }
  await peace(stage);
  if (chance(0.07)) await longAbsence(stage);
  return { violations: judge(stage), counts: context.counts };
}
