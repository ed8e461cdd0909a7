import type { StoryObj } from '@storybook/web-components-vite';
import '../../src/define.js';
import type { SettingsInput } from '../../src/domain/settings.js';
import { MemoryHost } from '../../src/memory/index.js';
import { firstByRole, readableText, until } from '../../test/support/roles.js';
import { defaultLook, speak } from './look.js';
import { publish, reportPlay } from './story.js';

/** Milliseconds to wait for a control or a text. */
const patience = 4000;

/** A press on a control, or a text for a field. */
export type SettingsStep = [role: string, name: string, text?: string];

export interface SettingsRow {
  settings?: SettingsInput;
  /** Prepares the CRM. `false`: the form has no CRM, so that ids are typed. */
  host?: false | ((host: MemoryHost) => void);
  steps?: readonly SettingsStep[];
  expects: readonly string[];
}

/** A story of the settings form. */
export function settingsStory({ settings = {}, host: prepare, steps = [], expects }: SettingsRow): StoryObj {
  return {
    render: () => {
      const form = document.createElement('ccai-adapter-settings');
      form.locale = 'en';
      form.settings = settings;
      if (prepare !== false) {
        const host = new MemoryHost();
        prepare?.(host);
        form.host = host;
      }
      return form;
    },
    play: async ({ canvasElement, globals }) => {
      const form = canvasElement.querySelector('ccai-adapter-settings')!;
      await reportPlay(async () => {
        for (const [role, name, text] of steps) {
          const control = await until(
            () => firstByRole(form.shadowRoot!, role, name),
            patience,
            `There is no ${role} “${name}”.`,
          );
          if (text === undefined) control.click();
          else {
            (control as HTMLInputElement).value = text;
            for (const type of ['input', 'change'])
              control.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
          }
          await form.updateComplete;
        }
        for (const words of expects)
          await until(() => readableText(form.shadowRoot!).includes(words), patience, `“${words}” is not shown.`);
        await speak(form as never, String(globals['locale'] ?? defaultLook.locale));
      });
      publish(form, (locale) => speak(form as never, locale));
    },
  };
}
