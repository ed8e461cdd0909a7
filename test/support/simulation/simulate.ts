import { disturb, holiday } from './disturbances.js';
import { endFaults, judge, longAbsence } from './end-of-run.js';
import { setStage, type Stage } from './stage.js';
import { SimContext } from './sim-context.js';

export interface Simulated {
  violations: readonly string[];
  /** The number of times that each fault, each event and each transition of a row (`pending → sending`) occurred. */
  counts: Readonly<Record<string, number>>;
}

/** With so many tickets, some writes of one batch window are sent as a job. */
const manyTickets = 7;
const directWrites = 14;
const fewestWrites = 20;
const fewestFaults = 3;

/**
 * Simulates one seed: about forty seconds of work in two to four tabs with all faults, then a time without faults. Then
 * compares the CRM's log with the expected writes.
 */
export async function simulate(seed: number, watch?: (context: SimContext) => void): Promise<Simulated> {
  const context = new SimContext(seed);
  watch?.(context);
  const { below, chance, pick, time } = context;
  // The number of direct writes after which nobody works for more than a week. -1: never.
  const holidayAfter = chance(0.12) ? below(directWrites) : -1;
  const stage: Stage = await setStage(context, {
    faults: 0.12 + below(30) / 100,
    tickets: chance(0.75) ? 3 : manyTickets,
    // After more than a week, the platform no longer knows earlier sessions.
    earlier: holidayAfter < 0,
    onStep: (tab) => {
      if (stage.crashIn === 0 || --stage.crashIn > 0) return;
      stage.browser.crash(tab);
      context.after(50 + below(4000), () => void stage.browser.open());
    },
  });
  const { browser, crm, direct, network, tickets } = stage;
  crm.jobs.kills = () => network.hasFaults && chance(0.5) && (context.count('fault job killed'), true);

  for (let left = 2 + below(3); left > 0; left--) browser.open();
  await time.advance(10);
  const scripted = stage.script.events.flatMap(({ expected }) => expected).filter(({ times }) => times === 1).length;
  while (direct.made < directWrites || direct.all.length + scripted < fewestWrites || context.faults < fewestFaults) {
    const working = browser.tabs.filter((tab) => tab.works);
    const atOnce = tickets === manyTickets ? 1 + below(6) : 1;
    for (let left = atOnce; left > 0 && working.length > 0; left--) direct.write(pick(working));
    if (chance(0.35)) disturb(stage);
    if (direct.made === holidayAfter) await holiday(stage);
    await time.advance(below(4000));
  }
  await endFaults(stage);
  if (chance(0.07)) await longAbsence(stage);
  return { violations: judge(stage), counts: context.counts };
}
