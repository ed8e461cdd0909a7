/// <reference types="mocha" />
import { expect } from '@open-wc/testing';
import { MIAS } from '../support/crm-data.js';
import { onMain } from '../support/panel.js';
import { press, see, shownText, until } from '../support/roles.js';

describe('the day so far', () => {
  afterEach(() => document.body.replaceChildren());

  it('A3 names the newest call by its number, or as unknown without a number', async () => {
    const { panel, host, telephony } = await onMain();
    const called = async (number?: string) => {
      telephony.incoming({ ...(number ? { number } : {}), answered: true });
      await press(panel, 'button', 'End call');
      await press(panel, 'button', 'Done');
      await see(panel, 'button', 'Dial a number');
    };
    await called(MIAS);
    await until(() => /1 call today\s+Last: Mia Chen, /.test(shownText(panel)));
    host.trouble = { fail: { '*': 'offline' } };
    await called('+16285550123');
    expect(shownText(panel)).to.match(/2 calls today\s+Last: \u2066\+1 628 555 0123\u2069, /);
    await called();
    expect(shownText(panel)).to.match(/3 calls today\s+Last: Unknown caller, /);
  });
});
