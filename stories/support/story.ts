import type { StoryObj } from '@storybook/web-components-vite';
import { elements } from '../../test/support/roles.js';
import { lookLike, refresh, speak, usual, type Look } from './look.js';
import { signatureOf } from './signature.js';
import { Stage, type Row } from './stage.js';

/** The interface of a story's page for `npm run pictures`. */
export interface StoryWindow {
  signature(): string;
  look(look: Partial<Look>): Promise<void>;
}

declare global {
  interface Window {
    ccaiStory?: StoryWindow;
  }
}

const say = (outcome: string): void => void (document.documentElement.dataset['story'] = outcome);

/** A story of a row. Its play runs the row's steps, and fails if an expectation is not met. */
export function story(row: Row): StoryObj {
  let stage: Stage | undefined;
  return {
    render: () => {
      stage = new Stage(row);
      return stage.panel;
    },
    play: async ({ globals }) => {
      const { panel } = stage!;
      await reportPlay(async () => {
        await stage!.play();
        await speak(panel, String(globals['locale'] ?? usual.locale));
      });
      publish(panel, (locale) => speak(panel, locale));
      panel.addEventListener('pointerdown', () => stage!.goOn(), { once: true });
    },
  };
}

/** Reports the result of the play on the window, since Storybook itself calls a failed play finished. */
export async function reportPlay(play: () => Promise<void>): Promise<void> {
  say('playing');
  try {
    await play();
    say('done');
  } catch (cause) {
    say(`failed: ${cause instanceof Error ? cause.message : String(cause)}`);
    throw cause;
  }
}

export function publish(element: Element, speakIn: (locale: string) => Promise<void>): void {
  let now = usual;
  window.ccaiStory = {
    signature: () => signatureOf(element),
    look: async (look) => {
      const before = now.locale;
      now = { ...usual, ...look };
      lookLike(now);
      if (now.locale !== before) await speakIn(now.locale);
      await refresh([element, ...elements(element.shadowRoot!)]);
    },
  };
}
