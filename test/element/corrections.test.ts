/// <reference types="mocha" />
import { expect } from '@open-wc/testing';
import { BEN, SHARED } from '../support/crm-data.js';
import { onMain } from '../support/panel.js';
import { focused, press, see, shownText, until } from '../support/roles.js';

const settings = { batching: { comments: false, updates: false } };

async function chooseContact(panel: HTMLElement, option: RegExp): Promise<void> {
  const list = await see(panel, 'listbox', 'Contact ID');
  const find = () => [...list.querySelectorAll<HTMLElement>('[role=option]')];
  (await until(() => find().find((one) => option.test(one.textContent ?? '')))).click();
}

/** A call whose contact the agent has chosen among two. */
async function assigned() {
  const opened = await onMain({ settings });
  const { panel, telephony } = opened;
  const sessionId = telephony.incoming({ number: SHARED, answered: true });
  await chooseContact(panel, /Ana Ruiz/);
  await press(panel, 'button', 'Assign');
  await see(panel, 'button', /^Ticket #/);
  return { ...opened, sessionId };
}

describe('the form of a correction', () => {
  afterEach(() => document.body.replaceChildren());

  it('R35 changes contact and ticket of a call, with A10’s form and Ticket ID', async () => {
    const { panel, host } = await assigned();
    await press(panel, 'button', 'Change contact or ticket');
    await chooseContact(panel, /Ben Okafor/);
    await see(panel, 'combobox', 'Ticket ID');
    const assign = await see<HTMLButtonElement>(panel, 'button', 'Assign');
    await until(() => !assign.disabled);
    assign.click();
    await see(panel, 'button', /^Contact: Ben Okafor/);
    await see(panel, 'button', /^Ticket #5/);
    await until(() => host.comments('5').some(({ body }) => /\ncall_started · /.test(body)));
    expect(host.tickets().find(({ id }) => id === '5')!.contactId).to.equal(BEN);
  });

  it('R35 Q6 Escape closes the form, and the focus is on Change again', async () => {
    const { panel } = await assigned();
    await press(panel, 'button', 'Change contact or ticket');
    await see(panel, 'listbox', 'Contact ID');
    focused()!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
    await until(() => focused()?.getAttribute('aria-label') === 'Change contact or ticket');
  });

  it('R35 what is recorded already is no choice', async () => {
    const { panel } = await assigned();
    await press(panel, 'button', 'Change contact or ticket');
    const assign = await see<HTMLButtonElement>(panel, 'button', 'Assign');
    await until(() => shownText(panel).includes('This is where it’s recorded now.'));
    expect(assign.disabled).to.equal(true);
  });
});
