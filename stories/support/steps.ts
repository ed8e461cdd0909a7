import type { DialRequest } from '../../src/domain/dial.js';
import type { CommandTrouble } from '../../src/simulator/index.js';
import type { Trouble } from '../../src/memory/index.js';
import { elements, firstByRole, focused } from '../../test/support/roles.js';
import type { Step } from './stage.js';

/** Clicks a number in the CRM. */
export const dial =
  (request: DialRequest): Step =>
  ({ host }) =>
    host.requestDial(request);

export const click =
  (role: string, name: string): Step =>
  async (stage) => {
    const element = await stage.find(role, name);
    if (element.matches(':disabled')) throw new Error(`The ${role} “${name}” is disabled.`);
    if (role === 'combobox') element.focus();
    element.click();
  };

export const press = (name: string): Step => click('button', name);

/** Puts text into a field, as a paste does. */
export const enter =
  (name: string, text: string, role = 'textbox'): Step =>
  async (stage) => {
    const field = (await stage.find(role, name)) as HTMLInputElement;
    field.focus();
    field.value = text;
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  };

/** Opens a list. */
export const open = (name: string): Step => click('combobox', name);

/** Chooses an option of a list. */
export const choose =
  (list: string, option: string): Step =>
  async (stage) => {
    await open(list)(stage);
    await click('option', option)(stage);
  };

/** Presses a key on the focused element. */
export const key =
  (name: string): Step =>
  ({ panel }) => {
    (focused() ?? panel).dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, composed: true }));
  };

export const wait =
  (milliseconds: number): Step =>
  (stage) =>
    stage.pass(milliseconds);

/** Makes the CRM fail from now on. */
export const crmTrouble =
  (fail: Trouble['fail']): Step =>
  ({ host }) => {
    host.trouble = { fail };
  };

export const phoneTrouble =
  (trouble: CommandTrouble): Step =>
  ({ telephony }) => {
    telephony.trouble = trouble;
  };

/** Fills in number entry, and presses Next. */
export const enterNumber = (number: string): readonly Step[] => [
  press('Dial a number'),
  enter('Phone number', number),
  press('Next'),
];

/** Advances the simulated time second by second, until an element is on screen. */
export const until =
  (role: string, name: string, seconds = 60): Step =>
  async (stage) => {
    for (let second = 0; second < seconds && !firstByRole(stage.panel.shadowRoot!, role, name); second++)
      await stage.pass(1000);
  };

/** Opens the row of a list with these words. */
export const row =
  (words: string): Step =>
  ({ panel }) => {
    for (const element of elements(panel.shadowRoot!))
      if (element.matches('.item') && element.textContent?.includes(words)) return (element as HTMLElement).click();
    throw new Error(`There is no row with “${words}”.`);
  };
