/// <reference types="mocha" />
import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { computeAccessibleDescription } from 'dom-accessibility-api';
import type { SettingsInput } from '../../src/domain/settings.js';
import { allCapabilities, type IncomingCall } from '../../src/simulator/index.js';
import type { CcaiAgentAdapter } from '../../src/element/ccai-agent-adapter.js';
import { BEN, MIAS, SHARED, crmData } from '../support/crm-data.js';
import { onMain, type GivenPanel } from '../support/panel.js';
import { allByRole, byRole, press, see, shownText, until } from '../support/roles.js';

const telephony = { profile: { capabilities: allCapabilities } } as NonNullable<GivenPanel['telephony']>;
const settings: SettingsInput = { batching: { comments: false, updates: false } };

/** A panel of 320 × 520 in a call. */
async function inCall(call: Partial<IncomingCall> = {}, given: GivenPanel = {}) {
  const opened = await onMain({ telephony, ...given, settings: { ...settings, ...given.settings } });
  opened.panel.style.cssText = 'display: block; width: 320px; height: 520px';
  const sessionId = opened.telephony.incoming({ number: MIAS, answered: true, ...call });
  await see(opened.panel, 'button', 'End call');
  return { ...opened, sessionId };
}
const option = (panel: CcaiAgentAdapter, name: RegExp) => byRole(panel, 'option', name);
const selected = (panel: CcaiAgentAdapter) =>
  allByRole(panel, 'option').filter((one) => one.getAttribute('aria-selected') === 'true');
const says = (panel: CcaiAgentAdapter, words: string) => until(() => shownText(panel).includes(words));
/** Whether the element is wholly within the panel. */
function isInSight(panel: CcaiAgentAdapter, element: HTMLElement): boolean {
  const [inner, outer] = [element.getBoundingClientRect(), panel.getBoundingClientRect()];
  return inner.height > 0 && inner.top >= outer.top && inner.bottom <= outer.bottom;
}

describe('several contacts', () => {
  afterEach(() => document.body.replaceChildren());

  it('A18 are rows of the listbox Contact ID, with what tells them apart; one press selects, Assign confirms', async () => {
    const contacts = crmData.contacts.map((one) => (one.id === BEN ? { ...one, email: 'ben@okafor.example' } : one));
    const data = { ...crmData, contacts };
    const { panel } = await inCall({ number: SHARED }, { host: { data } });
    await see(panel, 'listbox', 'Contact ID');
    expect(allByRole(panel, 'combobox', 'Contact ID')).to.eql([]);
    expect(option(panel, /^Ben Okafor/).textContent)
      .to.contain('ben@okafor.example')
      .and.match(/added .*ago/);
    expect(option(panel, /^Ana Ruiz/).textContent).to.contain('newest contact');
    expect(option(panel, /^Ben Okafor/).dataset['value']).to.equal(BEN);
    option(panel, /^Ben Okafor/).click();
    await until(() => selected(panel)[0] === option(panel, /^Ben Okafor/));
    expect(allByRole(panel, 'button', /^Contact:/)).to.eql([], 'nothing is settled yet');
    await press(panel, 'button', 'Assign');
    await see(panel, 'button', /^Contact: Ben Okafor/);
  });

  it('A18 can be chosen by arrow keys, Home, End, letters and Enter', async () => {
    const { panel } = await inCall({ number: SHARED });
    const list = await see(panel, 'listbox', 'Contact ID');
    list.focus();
    const pointed = () => {
      const id = list.getAttribute('aria-activedescendant');
      return id && (list.getRootNode() as ShadowRoot).getElementById(id)?.textContent?.trim();
    };
    const steps: [key: string, to: RegExp][] = [
      ['ArrowDown', /^Ben/],
      ['End', /^Create a new contact/],
      ['Home', /^Ana/],
      ['ArrowUp', /^Ana/],
      ['b', /^Ben/],
    ];
    for (const [key, to] of steps) {
      await sendKeys({ press: key });
      await until(() => to.test(pointed() ?? ''), 5000, `${key} points to ${pointed()}`);
    }
    expect(selected(panel)).to.eql([], 'the keys only point');
    await sendKeys({ press: 'Enter' });
    await until(() => /^Ben/.test(selected(panel)[0]?.textContent?.trim() ?? ''));
    expect(byRole<HTMLButtonElement>(panel, 'button', 'Assign').disabled).to.equal(false);
  });

  it('A18 more than four scroll inside the list; Assign and the controls stay in sight', async () => {
    const contacts = Array.from({ length: 7 }, (_, at) => ({
      id: `c${at}`,
      name: `Contact ${at}`,
      phoneNumbers: [SHARED],
      createdAt: `2025-01-0${at + 1}T09:00:00.000Z`,
    }));
    const given = {
      host: { data: { contacts, tickets: [], comments: [] } },
      settings: { outbound: { promptForTicket: true } },
    };
    const { panel } = await inCall({ number: SHARED }, given);
    const list = await see(panel, 'listbox', 'Contact ID');
    await see(panel, 'button', 'Mute');
    await until(() => list.scrollHeight > list.clientHeight);
    const rows = allByRole(panel, 'option').filter(
      (one) => one.offsetTop + one.offsetHeight <= list.offsetTop + list.clientHeight + 1,
    );
    expect(rows).to.have.length(4);
    for (const name of ['Assign', 'End call', 'Hold', 'Keypad', 'Transfer/Add', 'Details', 'Mute', 'Redact'])
      expect(isInSight(panel, byRole(panel, 'button', name)), name).to.equal(true);
    await press(panel, 'button', 'Mute');
    await until(() => byRole(panel, 'button', 'Mute').getAttribute('aria-pressed') === 'true');
    await press(panel, 'button', 'Details');
    await press(panel, 'button', 'Back');
    await see(panel, 'button', 'Assign');
  });
});

describe('in sight', () => {
  afterEach(() => document.body.replaceChildren());

  it('A16 says that the call is recorded, and that the recording is paused', async () => {
    const { panel } = await inCall();
    await says(panel, 'Recording');
    await press(panel, 'button', 'Redact');
    await says(panel, 'Recording paused');
  });

  it('A16 S14 without recordings says nothing of them, and has no Redact; a later change is for later calls', async () => {
    const { panel, telephony: phone, sessionId } = await inCall({}, { settings: { calls: { recording: false } } });
    await see(panel, 'button', 'Mute');
    expect(allByRole(panel, 'button', 'Redact')).to.eql([]);
    expect(shownText(panel)).not.to.contain('Recording');
    panel.settings = { calls: { recording: true, wrapUpSeconds: { inbound: 0, outbound: 0 } } };
    await press(panel, 'button', 'Hold');
    await says(panel, 'On hold');
    expect(shownText(panel)).not.to.contain('Recording');
    phone.hangUp(sessionId);
    await until(() => allByRole(panel, 'button', 'Mute').length === 0);
    phone.incoming({ number: MIAS, answered: true });
    await see(panel, 'button', 'Redact');
    await says(panel, 'Recording');
  });

  it('A16 a platform that cannot record says nothing of recordings', async () => {
    const capabilities = allCapabilities.filter((one) => one !== 'record');
    const { panel } = await inCall(
      {},
      { telephony: { profile: { capabilities } } as GivenPanel['telephony'] & object },
    );
    await see(panel, 'button', 'Mute');
    expect(allByRole(panel, 'button', 'Redact')).to.eql([]);
    expect(shownText(panel)).not.to.contain('Recording');
  });

  it('A16 S4 warns before Call that nothing is saved or recorded, and shows no recording in the call', async () => {
    const allowed = { ...settings, outbound: { allowNoTicket: true } };
    const { panel, host } = await onMain({ telephony, settings: allowed });
    host.requestDial({ from: 'contact', contactId: 'mia', number: MIAS });
    const call = await see<HTMLButtonElement>(panel, 'button', 'Call');
    await until(() => !call.disabled);
    expect(shownText(panel)).not.to.contain('isn’t saved');
    await press(panel, 'combobox', 'Ticket ID');
    await press(panel, 'option', 'Do not create a ticket');
    await says(panel, 'This call isn’t saved or recorded.');
    expect(computeAccessibleDescription(call)).to.contain('This call isn’t saved or recorded.');
    await until(() => !call.disabled);
    call.click();
    await see(panel, 'button', 'Mute');
    expect(allByRole(panel, 'button', 'Redact')).to.eql([]);
    expect(shownText(panel)).not.to.match(/\bRecording\b/);
  });

  it('A16 Transfer/Add shows who is available and how many calls wait, in words', async () => {
    const { panel, telephony: phone, sessionId } = await inCall();
    phone.setAvailability('103', { presence: 'busy' });
    phone.setAvailability('104', { presence: 'away' });
    phone.setAvailability('returns', { waiting: 3 });
    phone.setAvailability('q-repairs', { waiting: 0 });
    await press(panel, 'button', 'Transfer/Add');
    const described = (name: string) => computeAccessibleDescription(byRole(panel, 'button', name));
    await see(panel, 'button', 'Orders and returns');
    expect(described('Orders and returns')).to.equal('3 calls wait');
    expect(described('Repairs')).to.equal('No call waits');
    await press(panel, 'tab', 'Agent');
    await see(panel, 'button', 'Jonas Weber');
    expect(described('Jonas Weber')).to.equal('Busy');
    expect(described('Priya Raghunathan')).to.equal('Away');
    await press(panel, 'button', 'Jonas Weber');
    await press(panel, 'button', 'Consult first');
    await says(panel, 'Speaking with Jonas Weber');
    expect((await phone.getSession(sessionId))!.participants.map(({ label }) => label)).to.include('Jonas Weber');
  });

  it('A16 a platform that tells no availability shows names only', async () => {
    const { panel, telephony: phone } = await inCall();
    phone.directory = async () => ({ items: [{ kind: 'agent', id: '103', label: 'Jonas Weber' }] });
    await press(panel, 'button', 'Transfer/Add');
    await press(panel, 'tab', 'Agent');
    const row = await see(panel, 'button', 'Jonas Weber');
    expect(row.parentElement!.textContent?.trim()).to.equal('Jonas Weber');
  });

  it('A16 the notes stay in view during a consultation', async () => {
    const { panel } = await inCall();
    const notes = () => byRole<HTMLTextAreaElement>(panel, 'textbox', /^Notes/);
    await see(panel, 'textbox', /^Notes/);
    notes().value = 'Wants a refund.';
    notes().dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    await see(panel, 'button', /^Ticket #/);
    await press(panel, 'button', 'Transfer/Add');
    await press(panel, 'tab', 'Agent');
    await press(panel, 'button', 'Jonas Weber');
    await press(panel, 'button', 'Consult first');
    await says(panel, 'Speaking with Jonas Weber');
    expect(notes().value).to.equal('Wants a refund.');
    const footer = byRole(panel, 'button', 'Mute').getBoundingClientRect();
    await until(() => notes().getBoundingClientRect().bottom <= footer.top);
  });

  it('A16 Details have verification, custom data and shared files, whose links are https only', async () => {
    const { panel, telephony: phone, sessionId } = await inCall({ customData: { tier: 'silver', order: 'A-1' } });
    await see(panel, 'button', /^Ticket #/);
    phone.customData(sessionId, { tier: 'gold', 'asked before': true });
    const file = (name: string, url: string) => ({ name, url, type: 'image/jpeg' });
    phone.smartAction(sessionId, {
      kind: 'photo',
      verified: true,
      attachments: [
        file('front.jpg', 'https://files.example/front.jpg'),
        file('script.jpg', 'javascript:alert(1)'),
        file('open.jpg', 'http://files.example/open.jpg'),
        file('broken.jpg', 'https://'),
      ],
    });
    await press(panel, 'button', 'Details');
    await says(panel, 'Customer verified');
    expect(shownText(panel))
      .to.match(/order A-1/)
      .and.match(/tier gold/)
      .and.match(/asked before Yes/);
    const links = allByRole(panel, 'link').map((one) => (one as HTMLAnchorElement).href);
    expect(links).to.eql(['https://files.example/front.jpg']);
  });

  it('A16 the ticket is read when Details open: a merge shows at once, and stays through wrap-up', async () => {
    const given = { settings: { calls: { wrapUpSeconds: { inbound: 60, outbound: 60 } } } };
    const {
      panel,
      host,
      telephony: phone,
      sessionId,
    } = await inCall({ queue: { id: 'orders', path: ['Orders'] } }, given);
    await see(panel, 'button', /^Ticket #2, On-hold/);
    // The status counts as known for a while.
    const later = Date.now;
    Date.now = () => later() + 60_000;
    try {
      host.merge('2', '5');
      await press(panel, 'button', 'Details');
      await says(panel, 'Ticket #5, Open');
      await see(panel, 'button', 'Open ticket #5');
      await press(panel, 'button', 'Back');
      await see(panel, 'button', /^Ticket #5, Open/);
      phone.hangUp(sessionId);
      await see(panel, 'button', 'Save & Close');
      await see(panel, 'button', /^Ticket #5, Open/);
    } finally {
      Date.now = later;
    }
  });

  it('A16 after a write that told of a merge the panel shows the new ticket', async () => {
    const { panel, host, telephony: phone, sessionId } = await inCall({ queue: { id: 'orders', path: ['Orders'] } });
    await see(panel, 'button', /^Ticket #2, On-hold/);
    host.merge('2', '1');
    phone.customData(sessionId, { order: 'A-1' });
    await see(panel, 'button', /^Ticket #1, Pending/);
  });

  it('A16 says what a poor line means, and nothing moves', async () => {
    const { panel, telephony: phone, sessionId } = await inCall();
    const link = await see(panel, 'button', /^Ticket #/);
    await says(panel, 'Recording');
    await see(panel, 'textbox', /^Notes/);
    const top = link.getBoundingClientRect().top;
    for (const [word, words] of [
      ['poor', 'The line is poor: you may hear gaps'],
      ['good', 'good line'],
    ] as const) {
      phone.quality(sessionId, { word, loss: 0.1, jitter: 60 });
      await says(panel, words);
      expect(link.getBoundingClientRect().top).to.equal(top);
    }
  });
});
