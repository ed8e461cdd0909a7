import { expect } from '@open-wc/testing';
import { signatureOf } from '../../stories/support/signature.js';
import { Stage } from '../../stories/support/stage.js';
import { variantRow } from '../../stories/support/variant-row.js';
import { expectedOutcome } from '../support/expected-variants.js';
import { STORY_VARIANTS } from '../support/variants.js';

describe('the stories of the variants', () => {
  const { now } = Date;
  afterEach(() => {
    Date.now = now;
    document.querySelector('ccai-agent-adapter')?.remove();
  });

  it('F15 144 variants are stories; two screens are equal exactly where the requirements give them the same', async () => {
    const screens = new Map<string, Set<string>>();
    for (const variant of STORY_VARIANTS) {
      const stage = new Stage(variantRow(variant));
      document.body.append(stage.panel);
      await stage.play();
      const screen = signatureOf(stage.panel);
      stage.panel.remove();
      await stage.desktop!.stop();
      const expected = expectedOutcome(variant) as Partial<Record<string, unknown>>;
      // Plans, and what a choice would give, are not on the screen yet.
      const shown = JSON.stringify(expected, (key, value: unknown) =>
        ['plans', 'whenChosen', 'afterSkip'].includes(key) ? undefined : value,
      );
      navigator.sendBeacon('/test-progress');
      screens.set(shown, (screens.get(shown) ?? new Set()).add(screen));
    }
    expect(STORY_VARIANTS).to.have.length(144);
    for (const [shown, alike] of screens) expect([...alike], shown).to.have.length(1);
    const distinct = new Set([...screens.values()].flatMap((alike) => [...alike]));
    expect(distinct.size, 'different outcomes look different').to.equal(screens.size);
    // Each variant is progress to the watchdog, so all of them may take as long as they take.
  }).timeout(0);
});
