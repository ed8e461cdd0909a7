/// <reference types="mocha" />
import { expect } from '@open-wc/testing';
import { allCapabilities } from '../../src/simulator/index.js';
import { ANA, BEN, MIAS, SHARED } from '../support/crm-data.js';
import { onMain, type GivenPanel } from '../support/panel.js';
import { allByRole, byRole, focused, press, see, shownText, until } from '../support/roles.js';

const batching = { comments: false, updates: false };
const prompt = { batching, outbound: { promptForTicket: true } };

/** An answered call from a number. */
async function calledBy(number: string, given: GivenPanel = {}) {
  const opened = await onMain({ settings: { batching }, ...given });
  const sessionId = opened.telephony.incoming({ number, answered: true });
  await see(opened.panel, 'button', opened.panel.locale === 'fr' ? /Raccrocher/ : 'End call');
  return { ...opened, sessionId };
}
const written = ({ host }: Awaited<ReturnType<typeof onMain>>, sessionId: string) =>
  host
    .tickets()
    .filter(({ origin }) => origin?.sessionId === sessionId)
    .map(({ contactId }) => contactId);
/** Opens a list, and chooses an option. */
async function choose(panel: HTMLElement, list: string, option: string | RegExp): Promise<void> {
  await press(panel, 'combobox', list);
  await press(panel, 'option', option);
}

/** A18: the contacts are rows. */
async function chooseContact(panel: HTMLElement, option: RegExp): Promise<void> {
  const list = await see(panel, 'listbox', 'Contact ID');
  (
    await until(() =>
      [...list.querySelectorAll<HTMLElement>('[role=option]')].find((one) => option.test(one.textContent ?? '')),
    )
  ).click();
}

describe('inbound sessions', () => {
  afterEach(() => document.body.replaceChildren());

  it('A10 shows contact and ticket of an inbound call as links once they are known', async () => {
    const { panel, host } = await calledBy(MIAS);
    await see(panel, 'button', /^Contact: Mia Chen/);
    const link = await see(panel, 'button', /^Ticket #/);
    link.click();
    await until(() => host.context.ticketId !== undefined);
  });

  it('A10 asks for the contact if several have the number, and says what happens without a choice', async () => {
    const opened = await calledBy(SHARED);
    const { panel, sessionId } = opened;
    const assign = await see<HTMLButtonElement>(panel, 'button', 'Assign');
    expect(assign.disabled).to.equal(true);
    expect(shownText(panel)).to.contain('If you don’t choose, the call is saved to Ana Ruiz (newest contact).');
    expect(allByRole(panel, 'combobox').map((one) => one.getAttribute('aria-label'))).not.to.include('Ticket ID');
    await chooseContact(panel, /Ben Okafor/);
    await until(() => !byRole<HTMLButtonElement>(panel, 'button', 'Assign').disabled);
    byRole(panel, 'button', 'Assign').focus();
    await press(panel, 'button', 'Assign');
    await see(panel, 'button', /^Contact: Ben Okafor/);
    expect(focused()?.localName).to.equal('h2', 'the focus stays in the panel');
    await until(() => written(opened, sessionId).length === 1 || shownText(panel).includes('Ticket #'));
    expect(written(opened, sessionId)).not.to.include(ANA);
  });

  it('A10 R2 still asks in wrap-up while no contact is chosen', async () => {
    const opened = await calledBy(SHARED, {
      settings: { batching, calls: { wrapUpSeconds: { inbound: 60, outbound: 60 } } },
      telephony: { profile: { capabilities: allCapabilities } },
    });
    const { panel, telephony, sessionId } = opened;
    await see(panel, 'button', 'Assign');
    const notes = await see<HTMLTextAreaElement>(panel, 'textbox', /^Notes/);
    notes.focus();
    notes.value = 'Wants a refund.';
    notes.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    telephony.hangUp(sessionId);
    await see(panel, 'button', 'Save & Close');
    await chooseContact(panel, /Ben Okafor/);
    await until(() => !byRole<HTMLButtonElement>(panel, 'button', 'Assign').disabled);
    byRole(panel, 'button', 'Assign').focus();
    await press(panel, 'button', 'Assign');
    await see(panel, 'button', /^Contact: Ben Okafor/);
    expect(allByRole(panel, 'button', 'Assign')).to.deep.equal([]);
    expect(focused()?.localName).to.equal('textarea', 'the focus is in the notes');
    expect(byRole<HTMLTextAreaElement>(panel, 'textbox', /^Notes/).value).to.equal('Wants a refund.');
    await until(() => shownText(panel).includes('Ticket #'));
    expect(written(opened, sessionId)).not.to.include(ANA);
  });

  it('A10 R13 leaves the choice to the colleague who took over the call, and says so', async () => {
    const { panel, telephony, sessionId } = await calledBy(SHARED, {
      telephony: { profile: { capabilities: allCapabilities } },
    });
    await see(panel, 'button', 'Transfer/Add');
    await telephony.transfer(sessionId, { kind: 'agent', id: '102', label: 'Noémie Laurent' }, 'cold');
    await until(() => shownText(panel).includes('Your colleague is choosing the contact.'));
    expect(allByRole(panel, 'button', 'Assign')).to.deep.equal([]);
  });

  it('A10 S2 asks for the ticket too, offers those of the chosen contact, and joins the chosen one', async () => {
    const { panel, host } = await calledBy(SHARED, { settings: prompt });
    const ticket = await see<HTMLInputElement>(panel, 'combobox', 'Ticket ID');
    expect(ticket.disabled).to.equal(true);
    await chooseContact(panel, /Ben Okafor/);
    await until(() => !byRole<HTMLButtonElement>(panel, 'combobox', 'Ticket ID').disabled);
    await choose(panel, 'Ticket ID', /#5/);
    await press(panel, 'button', 'Assign');
    await see(panel, 'button', /^Ticket #5/);
    await until(() => host.comments('5').some(({ body }) => /\ncall_started · \S+$/.test(body)));
    expect(host.ticket('5').contactId).to.equal(BEN);
  });

  it('A10 S2 says that the tickets could not be loaded, and tries again', async () => {
    const { panel, host } = await calledBy(SHARED, { settings: prompt });
    await see(panel, 'button', 'Assign');
    host.failNext('findTickets', 'offline', 1);
    await chooseContact(panel, /Ben Okafor/);
    await until(() => shownText(panel).includes('Ben Okafor’s tickets couldn’t be loaded.'));
    await press(panel, 'button', 'Retry');
    await until(() => !byRole<HTMLButtonElement>(panel, 'combobox', 'Ticket ID').disabled);
  });

  it('R2 without a choice the newest contact is associated at the end, and the question is gone', async () => {
    const opened = await calledBy(SHARED);
    await see(opened.panel, 'button', 'Assign');
    opened.telephony.hangUp(opened.sessionId);
    await until(() => written(opened, opened.sessionId).length === 1);
    expect(written(opened, opened.sessionId)).to.eql([ANA]);
    await until(() => allByRole(opened.panel, 'button').every((one) => one.textContent?.trim() !== 'Assign'));
  });

  it('A7 a call and chats are listed, each with its own contact and ticket; one is on screen', async () => {
    const { panel, telephony } = await calledBy(MIAS);
    await see(panel, 'button', /^Contact: Mia Chen/);
    const customer = { name: 'Nora Lind', email: 'nora@example.com', authenticated: true };
    telephony.chat({ channel: 'web-chat', customer, answered: true });
    await press(panel, 'button', 'Chat: Nora Lind');
    await see(panel, 'button', /^Contact: Nora Lind/);
    await see(panel, 'button', 'End chat');
    expect(allByRole(panel, 'button', 'Dial a number')).to.eql([], 'a call is on');
    expect(byRole(panel, 'button', 'Chat: Nora Lind').getAttribute('aria-current')).to.equal('true');
    await press(panel, 'button', 'Call: Mia Chen');
    await see(panel, 'button', 'End call');
  });

  it('R13 after a hand-over the call is over for this agent, who can dial again', async () => {
    const { panel, telephony, sessionId } = await calledBy(MIAS);
    await see(panel, 'timer', 'Call time');
    const target = { kind: 'queue' as const, id: 'q-billing', label: 'Billing' };
    telephony.atAnotherDevice(sessionId, { do: 'transfer', target, mode: 'cold' });
    await see(panel, 'button', 'Done');
    expect(shownText(panel)).to.match(/Transferred to .?Billing/);
    await press(panel, 'button', 'Done');
    await see(panel, 'button', 'Dial a number');
  });

  it('A10 Q7 the question is in French', async () => {
    const { panel } = await calledBy(SHARED, { locale: 'fr' });
    await see(panel, 'button', 'Attribuer');
    expect(shownText(panel)).to.contain('Qui appelle ?');
  });
});
