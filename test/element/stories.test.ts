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

  it('F15 144 variants are stories; two screens are equal exactly if the requirements make them equal', async () => {
    const screens = new Map<string, Set<string>>();
    for (const variant of STORY_VARIANTS) {
      const stage = new Stage(variantRow(variant));
      document.body.append(stage.panel);
      await stage.play();
      const screen = signatureOf(stage.panel);
      stage.panel.remove();
      await stage.desktop!.stop();
      const expected = expectedOutcome(variant) as Partial<Record<string, unknown>>;
      // Plans and the outcomes of later choices are not on screen yet.
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
    // Each variant reports progress to the watchdog, so there is no time limit.
  }).timeout(0);
});
