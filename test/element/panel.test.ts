/// <reference types="mocha" />
import { expect } from '@open-wc/testing';
import { executeServerCommand, sendKeys, setViewport } from '@web/test-runner-commands';
import { BEN, MIA, MIAS, SHARED, crmData } from '../support/crm-data.js';
import { onMain, openPanel } from '../support/panel.js';
import { allByRole, byRole, focused, press, see, shownText, until } from '../support/roles.js';

const all = { promptForTicket: true, allowNewTicket: true, allowNoTicket: true, allowEnteredNumber: true };
const callButton = (panel: Element) => byRole<HTMLButtonElement>(panel as never, 'button', 'Call');

/** Opens a combobox, and returns its options. */
async function options(panel: HTMLElement, name: string): Promise<HTMLElement[]> {
  (await see(panel, 'combobox', name)).click();
  return until(() => {
    const found = allByRole(panel, 'option');
    return found.length > 0 && found;
  });
}
async function choose(panel: HTMLElement, name: string, value: string): Promise<void> {
  await options(panel, name);
  const option = await until(() => allByRole(panel, 'option').find(({ dataset }) => dataset['value'] === value));
  option.click();
}
const enabledCall = (panel: HTMLElement) => until(() => !callButton(panel).disabled && callButton(panel));

describe('<ccai-agent-adapter>', () => {
  afterEach(() => document.body.replaceChildren());

  it('Q6 has no accessibility finding from the main screen to the end of a call', async () => {
    const { panel, host } = await onMain({ settings: { outbound: all } });
    await expect(panel).to.be.accessible();
    await press(panel, 'button', 'Dial a number');
    await see(panel, 'textbox', 'Phone number');
    await expect(panel).to.be.accessible();
    await press(panel, 'button', 'Cancel');
    host.requestDial({ from: 'contact', contactId: MIA, number: MIAS });
    await see(panel, 'checkbox', 'Use entered number to make call');
    await expect(panel).to.be.accessible();
    await options(panel, 'Ticket ID');
    await expect(panel).to.be.accessible();
    allByRole(panel, 'option')[1]!.click();
    (await enabledCall(panel)).click();
    await see(panel, 'button', 'End call');
    await expect(panel).to.be.accessible();
    await press(panel, 'button', 'End call');
    await see(panel, 'button', 'Done');
    await expect(panel).to.be.accessible();
  });

  it('S14 S tells an agent in one line which settings do not apply, and does not record until they are valid', async () => {
    const bad = { outbound: { refusedPrefixes: ['abc'], premiumNumbers: 'maybe' as never } };
    const { panel, host } = await onMain({ settings: bad, host: { agent: { id: '101', name: 'Grace', teams: [] } } });
    const alert = await until(() =>
      allByRole(panel, 'alert').find(({ textContent }) => textContent?.includes('outbound.refusedPrefixes.0')),
    );
    expect(alert.textContent!.trim().split('\n')).to.have.length(1);
    expect(alert.textContent)
      .to.include('can’t be used')
      .and.to.include('aren’t recorded')
      .and.to.include('premiumNumbers');
    host.setSettings({ outbound: { refusedPrefixes: ['+1 900'] } });
    await until(() => !shownText(panel).includes('can’t be used'));
    const refused = new Promise((resolve) => panel.addEventListener('ccai-error', resolve, { once: true }));
    host.setSettings({ batching: { windowSeconds: 61 } });
    await refused;
    await panel.updateComplete;
    expect(shownText(panel)).not.to.include('windowSeconds', 'the last good ones stay: nothing that an agent could do');
  });

  it('F1 F7 shows language, outbound number, phone number, keypad, contact, ticket, Call and Cancel', async () => {
    const { panel, host } = await onMain();
    host.requestDial({ from: 'contact', contactId: MIA, number: MIAS });
    await see(panel, 'textbox', 'Phone number');
    for (const name of ['Contact ID', 'Language', 'Outbound number']) byRole(panel, 'combobox', name);
    byRole(panel, 'group', 'Ticket ID');
    for (const name of ['Keypad', 'Cancel', 'Call']) byRole(panel, 'button', name);
    expect(allByRole(panel, 'checkbox')).to.have.length(0);
  });

  it('F3 shows the placeholder (415) 123-4567; Call is disabled and says why', async () => {
    const { panel, host } = await onMain();
    host.requestDial({ from: 'ticket-new-number', ticketId: '1' });
    await see(panel, 'textbox', 'Phone number');
    await press(panel, 'button', 'Back');
    await see(panel, 'combobox', 'Contact ID');
    const number = byRole<HTMLInputElement>(panel, 'textbox', 'Phone number');
    expect(number.value).to.equal('');
    expect(number.placeholder).to.equal('(415) 123-4567');
    expect(callButton(panel).disabled).to.equal(true);
    await until(() => shownText(panel).includes('Enter a number.'));
    const box = byRole<HTMLInputElement>(panel, 'checkbox', 'Use entered number to make call');
    expect([box.checked, box.disabled]).to.deep.equal([true, true]);
  });

  it('F4 takes typing, keys and paste, and refuses with a message that says why', async () => {
    const { panel } = await onMain();
    await press(panel, 'button', 'Dial a number');
    const field = await see<HTMLInputElement>(panel, 'textbox', 'Phone number');
    await until(() => focused() === field);
    await sendKeys({ type: '415 555' });
    await press(panel, 'button', '0');
    await until(() => field.value === '415 5550');
    await until(() => /digits are missing \(United States\)/.test(shownText(panel)));
    const next = byRole<HTMLButtonElement>(panel, 'button', 'Next');
    expect(next.disabled).to.equal(true);
    field.focus();
    field.value = 'call me';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await see(panel, 'alert', undefined);
    await until(() => shownText(panel).includes('You can’t dial letters'));
    expect(field.value).to.equal('call me');
    field.value = '\u202a0044 (0)20 7946 0958\u202c';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await until(() => !next.disabled);
    await until(() => shownText(panel).includes('+44 20 7946 0958'));
  });

  it('F4 finds a country by name in the selector, and reads the number there', async () => {
    const { panel } = await onMain();
    await press(panel, 'button', 'Dial a number');
    const country = await see<HTMLInputElement>(panel, 'combobox', 'Country');
    country.click();
    country.focus();
    await sendKeys({ type: 'germ' });
    await until(() => allByRole(panel, 'option').length === 1);
    await sendKeys({ press: 'Enter' });
    const field = await see<HTMLInputElement>(panel, 'textbox', 'Phone number');
    field.focus();
    await sendKeys({ type: '030 23125044' });
    await until(() => shownText(panel).includes('+49 30 23125044'));
  });

  it('F5 F6 F7 several contacts and tickets can be chosen by role and name', async () => {
    const { panel, host } = await onMain({ settings: { outbound: all } });
    host.requestDial({ from: 'adapter', number: SHARED });
    await until(() => shownText(panel).includes('2 contacts have this number. Choose one.'));
    expect(byRole<HTMLButtonElement>(panel, 'combobox', 'Ticket ID').disabled).to.equal(true);
    const contacts = await options(panel, 'Contact ID');
    expect(contacts.map(({ dataset }) => dataset['value'])).to.deep.equal(['ana', 'ben', 'new']);
    contacts[1]!.click();
    await enabledCall(panel);
    expect(byRole(panel, 'combobox', 'Ticket ID').dataset['value']).to.equal('5');
    const tickets = await options(panel, 'Ticket ID');
    expect(tickets.map(({ dataset }) => dataset['value'])).to.deep.equal(['5', 'new', 'none']);
  });

  it('F8 Cancel goes back to the main screen', async () => {
    const { panel, host } = await onMain();
    host.requestDial({ from: 'contact', contactId: MIA, number: MIAS });
    await press(panel, 'button', 'Cancel');
    await see(panel, 'button', 'Dial a number');
  });

  it('F14 asks Call anyway or Cancel, with the focus on Cancel', async () => {
    const { panel, telephony } = await onMain({ settings: { tickets: { append: false } } });
    panel.dial({ from: 'adapter', number: '+1 900 234 5678' });
    (await enabledCall(panel)).click();
    const cancel = await until(() =>
      allByRole(panel, 'button', 'Cancel').find((button) => button.closest('[role=alertdialog]')),
    );
    await until(() => focused() === cancel);
    await expect(panel).to.be.accessible();
    await sendKeys({ press: 'Escape' });
    await until(() => allByRole(panel, 'alertdialog').length === 0);
    (await enabledCall(panel)).click();
    await press(panel, 'button', 'Call anyway');
    await see(panel, 'button', 'End call');
    expect(telephony.sessions()).to.have.length(1);
  });

  it('T1 T4 T5 asks for the ticket, refuses a solved one with its status, and offers Change', async () => {
    const { panel } = await onMain({
      settings: { ticketEntry: { enabled: true, teams: { support: 'optional' } } },
      host: { agent: { id: '101', name: 'Grace', teams: ['support'] } },
    });
    await press(panel, 'button', 'Dial a number');
    const field = await see<HTMLInputElement>(panel, 'textbox', 'Ticket ID');
    byRole(panel, 'button', 'Skip');
    await until(() => focused() === field);
    await sendKeys({ type: '3' });
    await sendKeys({ press: 'Enter' });
    await until(() =>
      allByRole(panel, 'alert').some(({ textContent }) => textContent?.includes('Ticket 3 is Solved.')),
    );
    expect(field.value).to.equal('3');
    await sendKeys({ press: 'Backspace' });
    await sendKeys({ type: '1' });
    await sendKeys({ press: 'Enter' });
    await enabledCall(panel);
    expect(byRole(panel, 'group', 'Ticket ID').dataset['value']).to.equal('1');
    await press(panel, 'button', 'Change');
    await see(panel, 'textbox', 'Ticket ID');
  });

  it('T6 says what is wrong and what to do, and dials nothing', async () => {
    const { panel, host, telephony } = await onMain({
      settings: { ticketEntry: { enabled: true, teams: { support: 'mandatory' } } },
      host: { agent: { id: '101', name: 'Grace', teams: ['support'] } },
    });
    host.requestDial({ from: 'contact', contactId: MIA, number: MIAS });
    await until(() =>
      allByRole(panel, 'alert').some(({ textContent }) => textContent?.includes('Dial the number here and enter')),
    );
    await expect(panel).to.be.accessible();
    await press(panel, 'button', 'Dial a number');
    await see(panel, 'textbox', 'Ticket ID');
    expect(telephony.sessions()).to.have.length(0);
  });

  it('F15 Q6 a call can be placed by keyboard alone, and its phases are announced', async () => {
    const { panel, host } = await onMain({ settings: { outbound: all } });
    const announced: string[] = [];
    new MutationObserver(() => announced.push(panel.shadowRoot!.querySelector('#announcer')!.textContent!)).observe(
      panel.shadowRoot!.querySelector('#announcer')!,
      { childList: true, subtree: true, characterData: true },
    );
    byRole(panel, 'button', 'Dial a number').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => focused()?.id === 'number');
    await sendKeys({ type: '415 555 0132' });
    await sendKeys({ press: 'Enter' });
    await until(() => focused() === allByRole(panel, 'combobox', 'Ticket ID')[0]);
    await sendKeys({ press: 'ArrowDown' });
    await until(() => allByRole(panel, 'option').length > 0);
    await sendKeys({ press: 'End' });
    await sendKeys({ press: 'ArrowUp' });
    await sendKeys({ press: 'Enter' });
    const call = await enabledCall(panel);
    expect(byRole(panel, 'combobox', 'Ticket ID').dataset['value']).to.equal('new');
    while (focused() !== call) await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Enter' });
    // No button has the focus, so that an Enter held down does not end the call.
    await until(() => focused()?.localName === 'h2');
    await until(() => announced.includes('Connected'), 15_000);
    await sendKeys({ press: 'Tab' });
    while (focused() !== byRole(panel, 'button', 'End call')) await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Enter' });
    await until(() => focused() === allByRole(panel, 'button', 'Done')[0]);
    expect(announced.at(-1)).to.match(/^Call ended/);
    await sendKeys({ press: 'Enter' });
    await until(() => focused() === byRole(panel, 'button', 'Dial a number'));
    expect(host.tickets().filter(({ origin }) => origin?.channel === 'outbound-call')).to.have.length(1);
  });

  it('A10 shows contact and ticket as links, and opens them in the CRM', async () => {
    const { panel, host } = await onMain();
    host.requestDial({ from: 'ticket', ticketId: '1', number: MIAS });
    (await enabledCall(panel)).click();
    await press(panel, 'button', 'Contact: Mia Chen');
    await until(() => host.context.contactId === MIA);
    await press(panel, 'button', /^Ticket #1, /);
    await until(() => host.context.ticketId === '1');
  });

  it('A2 shows the status, and changes it once the platform says so', async () => {
    const { panel } = await onMain();
    const status = byRole(panel, 'combobox', 'Status');
    expect(status.textContent).to.include('Unavailable');
    await choose(panel, 'Status', 'available');
    await until(() => byRole(panel, 'combobox', 'Status').textContent!.includes('Available'));
    expect(byRole(panel, 'combobox', 'Status').dataset['value']).to.equal('available');
  });

  it('F9 asks before an open form is replaced, and Escape keeps it', async () => {
    const { panel, host } = await onMain();
    host.requestDial({ from: 'contact', contactId: MIA, number: MIAS });
    await enabledCall(panel);
    await choose(panel, 'Language', 'de');
    host.requestDial({ from: 'contact', contactId: BEN, number: SHARED });
    await see(panel, 'alertdialog', 'You’re already preparing a call');
    await expect(panel).to.be.accessible();
    await sendKeys({ press: 'Escape' });
    await until(() => allByRole(panel, 'alertdialog').length === 0);
    expect(byRole<HTMLInputElement>(panel, 'combobox', 'Contact ID').value).to.equal('Mia Chen');
  });

  it('F5 shows a failure in place of the list, with Retry', async () => {
    const { panel, host } = await onMain();
    host.trouble = { ...host.trouble, fail: { findTickets: 'unavailable' } };
    host.requestDial({ from: 'contact', contactId: MIA, number: MIAS });
    await until(() => shownText(panel).includes('Mia Chen’s tickets couldn’t be loaded.'));
    await expect(panel).to.be.accessible();
    host.trouble = { ...host.trouble, fail: {} };
    await press(panel, 'button', 'Retry');
    await enabledCall(panel);
  });

  it('Q7 is in French, with French names of countries and languages', async () => {
    const { panel } = await onMain({ locale: 'fr' });
    await press(panel, 'button', /Composer/);
    const country = await see<HTMLInputElement>(panel, 'combobox', 'Pays');
    country.click();
    country.focus();
    await sendKeys({ type: 'allem' });
    await until(() => allByRole(panel, 'option', /Allemagne/).length === 1);
    await sendKeys({ press: 'Escape' });
    panel.locale = 'en';
    await see(panel, 'button', 'Next');
  });

  it('Q8 says that the host or the telephony is missing', async () => {
    const panel = document.createElement('ccai-agent-adapter');
    panel.locale = 'en';
    document.body.append(panel);
    await until(() => shownText(panel).includes('Set the element’s “host” property'));
    const { host } = await openPanel();
    panel.host = host;
    await until(() => shownText(panel).includes('Set the element’s “telephony” property'));
  });

  it('Q6 cuts nothing off at 250 px, in forced colours, right to left', async () => {
    await setViewport({ width: 250, height: 520 });
    await executeServerCommand('forced-colours', 'active');
    document.documentElement.dir = 'rtl';
    try {
      const { panel, host } = await onMain({ settings: { outbound: all } });
      document.body.style.margin = '0';
      host.requestDial({ from: 'contact', contactId: MIA, number: MIAS });
      await see(panel, 'checkbox', 'Use entered number to make call');
      expect(document.documentElement.scrollWidth).to.equal(250);
      const details = panel.shadowRoot!.querySelector('ccai-details-screen')!.shadowRoot!;
      const body = details.querySelector('.body')!;
      expect(body.scrollWidth).to.equal(body.clientWidth);
    } finally {
      document.documentElement.dir = 'ltr';
      await executeServerCommand('forced-colours', 'none');
      await setViewport({ width: 800, height: 600 });
    }
  });

  it('Q3 keeps at most 60 rows of a long list in the document', async () => {
    const tickets = Array.from({ length: 3000 }, (_, at) => ({
      id: `t${at}`,
      contactId: MIA,
      subject: `Ticket ${at}`,
    }));
    const { panel, host } = await onMain({
      settings: { outbound: { promptForTicket: true } },
      host: { data: { ...crmData, tickets } },
    });
    host.requestDial({ from: 'contact', contactId: MIA, number: MIAS });
    await until(() => !byRole<HTMLButtonElement>(panel, 'combobox', 'Ticket ID').disabled);
    await options(panel, 'Ticket ID');
    const combobox = byRole(panel, 'combobox', 'Ticket ID');
    const position = () =>
      Number(
        allByRole(panel, 'option')
          .find(({ classList }) => classList.contains('active'))
          ?.getAttribute('aria-posinset') ?? 0,
      );
    // A page beside this one may take the focus away, which closes the list: the next key opens it again.
    for (let page = 0; page < 120 && position() <= 200; page++) {
      combobox.focus();
      await sendKeys({ press: 'PageDown' });
      expect(allByRole(panel, 'option').length).to.be.at.most(60);
    }
    await until(() => position() > 200);
  });
});
