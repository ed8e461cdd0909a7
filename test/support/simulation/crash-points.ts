import { judge, peace } from './peace.js';
import type { Simulated } from './simulate.js';
import { setStage, type Stage } from './stage.js';
import { World } from './world.js';

/** The seed of the simulated day. It has every kind of session and write, and no fault. */
const seed = 5;
const kinds = ['joins', 'outbound joins', 'unknown number', 'voicemail'] as const;

/**
 * A day in two tabs. One or both crash exactly at the n-th step over a tab's border: before a call of store, lock,
 * channel, transport or platform, or before its answer, a message or a timer arrives. A new tab opens two seconds
 * later.
 */
export async function crashAt(step: number, what: 'tab' | 'browser'): Promise<Simulated> {
  const { violations, counts } = await oneDay(step, what);
  return { violations: counts['crashed'] === 1 ? violations : [...violations, 'nothing crashed'], counts };
}

/** The same day without a crash. */
export async function oneDay(
  crashAtStep = 0,
  what: 'tab' | 'browser' = 'tab',
): Promise<Simulated & { steps: number; kinds: ReadonlySet<string> }> {
  const world = new World(seed);
  const seen = new Set<string>();
  let steps = 0;
  let counting = true;
  const stage: Stage = await setStage(world, {
    kinds,
    parts: { shown: () => seen.add('open-ticket') },
    border: (tab) => {
      if (!counting || ++steps !== crashAtStep) return;
      world.count('crashed');
      const { browser } = stage;
      const gone = what === 'tab' ? [tab] : [...browser.tabs];
      for (const one of gone) {
        browser.crash(one);
        world.after(2000, () => void browser.open());
      }
    },
  });
  const { browser, crm, direct, platform, time } = { ...stage, time: world.time };
  platform.stormy = false;
  for (const _ of [1, 2]) browser.open();
  await time.advance(1000);
  for (const kind of ['note', 'assigned note', 'field', 'new', 'reopening note', 'note'] as const) {
    const tab = browser.tabs.at(direct.made % 2) ?? browser.tabs[0];
    if (tab) direct.write(tab, kind);
    await time.advance(3000);
    // R12: for a ticket that a session and direct writes share.
    if (kind === 'new') crm.close(1);
  }
  await time.advance(20_000);
  counting = false;
  for (const { intent } of browser.tabs.flatMap(({ outbox }) => outbox.entries))
    for (const part of [intent.kind, ...Object.keys(intent)]) seen.add(part);
  for (const { followUpOf } of crm.tickets.values()) if (followUpOf !== undefined) seen.add('follow-up');
  await peace(stage);
  return { violations: judge(stage), counts: world.counts, steps, kinds: seen };
}
