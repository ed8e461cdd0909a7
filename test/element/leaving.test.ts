/// <reference types="mocha" />
import { expect } from '@open-wc/testing';
import { onMain } from '../support/panel.js';
import { allByRole, byRole, press, see, until } from '../support/roles.js';
import { MIA, MIAS } from '../support/crm-data.js';

describe('logging out of the panel', () => {
  afterEach(() => document.body.replaceChildren());

  it('B5 A12 logs out and in again, also by keyboard', async () => {
    const { panel } = await onMain();
    const options = await see(panel, 'button', 'Options');
    options.click();
    await until(() => options.getAttribute('aria-expanded') === 'true');
    await press(panel, 'button', 'Log out');
    const back = await see(panel, 'button', 'Log in');
    await until(
      () => back.getRootNode() instanceof ShadowRoot && (back.getRootNode() as ShadowRoot).activeElement === back,
    );
    back.click();
    await see(panel, 'button', 'Dial a number');
  });

  it('B5 lists records that could not be sent, with Stay and Discard; Escape stays', async () => {
    const { panel, host } = await onMain({ settings: { batching: { windowSeconds: 60 } } });
    host.requestDial({ from: 'contact', contactId: MIA, number: MIAS });
    await until(() => !byRole<HTMLButtonElement>(panel, 'button', 'Call').disabled);
    await press(panel, 'button', 'Call');
    await press(panel, 'button', 'End call');
    await press(panel, 'button', 'Done');
    host.trouble = { fail: { writeTickets: 'invalid' } };
    await press(panel, 'button', 'Options');
    await press(panel, 'button', 'Log out');
    const stay = await see(panel, 'button', 'Stay');
    await see(panel, 'button', 'Discard');
    stay.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
    const asks = () => allByRole(panel, 'button').some((one) => one.textContent?.trim() === 'Stay');
    await until(() => !asks());
    await press(panel, 'button', 'Options');
    await press(panel, 'button', 'Log out');
    await press(panel, 'button', 'Discard');
    await see(panel, 'button', 'Log in');
    expect(host.comments('2').some(({ body }) => body.includes('call_'))).to.equal(false);
  });
});
