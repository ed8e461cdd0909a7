import { endFaults, judge } from './end-of-run.js';
import type { Simulated } from './simulate.js';
import { setStage, type Stage } from './stage.js';
import { SimContext } from './sim-context.js';

/** The seed of the day that is repeated. It has no faults, and every kind of write. */
const seed = 5;
const kinds = ['joins', 'outbound joins', 'unknown number', 'voicemail'] as const;

/** Simulates a day in two tabs. At this step, one tab or the browser crashes. Two seconds later a new tab opens. */
export async function crashAt(step: number, what: 'tab' | 'browser'): Promise<Simulated> {
  const { violations, counts } = await oneDay(step, what);
  return { violations: counts['crashed'] === 1 ? violations : [...violations, 'nothing crashed'], counts };
}

/** Simulates the same day. Without `crashAtStep`, nothing crashes. */
export async function oneDay(
  crashAtStep = 0,
  what: 'tab' | 'browser' = 'tab',
): Promise<Simulated & { steps: number; kinds: ReadonlySet<string> }> {
  const context = new SimContext(seed);
  const seen = new Set<string>();
  let steps = 0;
  let counting = true;
  const stage: Stage = await setStage(context, {
    kinds,
    parts: { shown: () => seen.add('open-ticket') },
    onStep: (tab) => {
      if (!counting || ++steps !== crashAtStep) return;
      context.count('crashed');
      const { browser } = stage;
      const crashing = what === 'tab' ? [tab] : [...browser.tabs];
      for (const one of crashing) {
        browser.crash(one);
        context.after(2000, () => void browser.open());
      }
    },
  });
  const { browser, crm, direct, platform, time } = { ...stage, time: context.time };
  platform.hasFaults = false;
  for (const _ of [1, 2]) browser.open();
  await time.advance(1000);
  for (const kind of ['note', 'assigned note', 'field', 'new', 'reopening note', 'note'] as const) {
    const tab = browser.tabs.at(direct.made % 2) ?? browser.tabs[0];
    if (tab) direct.write(tab, kind);
    await time.advance(3000);
    // R12: closes a ticket to which a session and direct writes belong.
    if (kind === 'new') crm.close(1);
  }
  await time.advance(20_000);
  counting = false;
  for (const { intent } of browser.tabs.flatMap(({ outbox }) => outbox.entries))
    for (const part of [intent.kind, ...Object.keys(intent)]) seen.add(part);
  for (const { followUpOf } of crm.tickets.values()) if (followUpOf !== undefined) seen.add('follow-up');
  await endFaults(stage);
  return { violations: judge(stage), counts: context.counts, steps, kinds: seen };
}
