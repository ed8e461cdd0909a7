/// <reference types="mocha" />
import { expect } from '@open-wc/testing';
import { allCapabilities, type IncomingCall } from '../../src/simulator/index.js';
import { MIAS } from '../support/crm-data.js';
import { onMain, type GivenPanel, type TestPanel } from '../support/panel.js';
import { allByRole, press, see, shownText, until } from '../support/roles.js';

const telephony = { profile: { capabilities: allCapabilities } } as GivenPanel['telephony'];
const settings = { batching: { comments: false, updates: false } };
const open = (more: GivenPanel = {}): Promise<TestPanel> => onMain({ settings, telephony: telephony!, ...more });

describe('a call from a colleague', () => {
  afterEach(() => document.body.replaceChildren());

  async function rung(call: Partial<IncomingCall>) {
    const opened = await open();
    await opened.telephony.setStatus('available');
    opened.telephony.incoming({ channel: 'internal-call', ...call });
    await see(opened.panel, 'button', 'Answer');
    return opened;
  }

  it('A5 R29 an internal call shows that a colleague calls, the name, and nothing of the CRM', async () => {
    const colleague = { name: 'Jonas Weber', authenticated: true };
    const { panel } = await rung({ customer: colleague });
    await see(panel, 'heading', 'Jonas Weber');
    expect(shownText(panel)).to.contain('Incoming internal call').and.contain('A colleague is calling you.');
    expect(shownText(panel)).not.to.contain('Testdesk');
  });

  it('A5 R29 an internal call is not looked up in the CRM', async () => {
    const { panel } = await rung({ number: MIAS });
    await see(panel, 'heading', /415 555 0132/);
    // A look-up would have been answered by then.
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(shownText(panel)).to.contain('Incoming internal call').and.not.contain('Mia Chen');
  });

  it('A5 R29 an internal call without name and number is shown as a colleague’s', async () => {
    const { panel } = await rung({});
    await see(panel, 'heading', 'A colleague');
  });
});

describe('a chat that nobody answered', () => {
  afterEach(() => document.body.replaceChildren());

  const kim = { email: 'kim@example.com', authenticated: false };

  /** A new customer of the website writes to an available agent. */
  async function written(more: object = {}) {
    const opened = await open();
    await opened.telephony.setStatus('available');
    opened.telephony.chat({ channel: 'web-chat', customer: kim, ...more });
    await see(opened.panel, 'button', 'Answer');
    return opened;
  }

  it('A5 A7 an unknown customer of a chat is not called a caller, and has no number', async () => {
    const { panel } = await written();
    await see(panel, 'heading', 'Unknown customer');
    await until(() => shownText(panel).includes('No contact in Testdesk matches.'));
    await until(() => panel.shadowRoot!.querySelector('#announcer')!.textContent === 'Incoming chat: Unknown customer');
  });

  it('A5 A7 a missed chat says so, keeps the status, and Done closes it', async () => {
    const { panel, telephony: phone } = await written({ ringSeconds: 0.2 });
    const done = await see(panel, 'button', 'Done');
    expect(shownText(panel)).to.contain('Missed chat').and.contain('You missed this chat.');
    expect(shownText(panel)).not.to.contain('call');
    expect(allByRole(panel, 'button', 'Back to Available')).to.deep.equal([]);
    const asked: string[] = [];
    phone.setStatus = async (status) => void asked.push(status);
    done.click();
    await see(panel, 'button', 'Dial a number');
    expect(asked).to.deep.equal([]);
  });

  it('A5 A7 Q7 a missed chat beside a call is closed from the list, also in French', async () => {
    const { panel, telephony: phone } = await open({ locale: 'fr' });
    await phone.setStatus('available');
    phone.incoming({ number: MIAS, answered: true });
    await see(panel, 'button', 'Couper le micro');
    phone.chat({ channel: 'web-chat', customer: kim, ringSeconds: 0.2 });
    await press(panel, 'button', /Client inconnu/);
    await until(() => shownText(panel).includes('Chat manqué'));
    await press(panel, 'button', 'Terminé');
    await see(panel, 'button', 'Couper le micro');
  });

  it('A5 A7 a chat that was withdrawn is not called a call', async () => {
    const { panel } = await written({ ringSeconds: 60, patienceSeconds: 0.4 });
    await see(panel, 'button', 'Done');
    expect(shownText(panel)).to.contain('The chat is gone').and.contain('The customer left');
  });
});
