import type { StoryObj } from '@storybook/web-components-vite';
import { elements } from '../../test/support/roles.js';
import { defaultLook, lookLike, refresh, speak, type Look } from './look.js';
import { signatureOf } from './signature.js';
import { Stage, type Row } from './stage.js';

/** The functions of a story's page that `npm run pictures` uses. */
export interface StoryWindow {
  signature(): string;
  look(look: Partial<Look>): Promise<void>;
}

declare global {
  interface Window {
    ccaiStory?: StoryWindow;
  }
}

const report = (outcome: string): void => void (document.documentElement.dataset['story'] = outcome);

/** Makes a story from a row. Its play runs the row's steps, and fails if an expectation is not met. */
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
        await speak(panel, String(globals['locale'] ?? defaultLook.locale));
      });
      publish(panel, (locale) => speak(panel, locale));
      panel.addEventListener('pointerdown', () => stage!.followRealTime(), { once: true });
    },
  };
}

/** Reports the result of a play as an attribute of the page, because Storybook does not tell a failed play from others. */
export async function reportPlay(play: () => Promise<void>): Promise<void> {
  report('playing');
  try {
    await play();
    report('done');
  } catch (cause) {
    report(`failed: ${cause instanceof Error ? cause.message : String(cause)}`);
    throw cause;
  }
}

/** Publishes the functions for `npm run pictures` on the window. */
export function publish(element: Element, speakIn: (locale: string) => Promise<void>): void {
  let current = defaultLook;
  window.ccaiStory = {
    signature: () => signatureOf(element, true),
    look: async (look) => {
      const before = current.locale;
      current = { ...defaultLook, ...look };
      lookLike(current);
      if (current.locale !== before) await speakIn(current.locale);
      await refresh([element, ...elements(element.shadowRoot!)]);
    },
  };
}
