/// <reference types="mocha" />
import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { toneFile } from '../../demo/tone.js';
import { allCapabilities } from '../../src/simulator/index.js';
import { MIAS } from '../support/crm-data.js';
import { onMain, type GivenPanel, type TestPanel, written } from '../support/panel.js';
import { allByRole, byRole, press, see, shownText, until } from '../support/roles.js';

const telephony = { profile: { capabilities: allCapabilities } } as GivenPanel['telephony'];
const settings = { batching: { comments: false, updates: false } };
const open = (more: GivenPanel = {}): Promise<TestPanel> => onMain({ settings, telephony: telephony!, ...more });

describe('the history', () => {
  afterEach(() => document.body.replaceChildren());

  it('A3 a chat in the history is called a chat, in its row and in its details', async () => {
    const { panel, telephony: phone } = await open();
    await phone.setStatus('available');
    const customer = { name: 'Nora Lind', authenticated: false };
    const sessionId = phone.chat({ channel: 'web-chat', customer, answered: true });
    await see(panel, 'button', 'End chat');
    phone.chat({ channel: 'web-chat', customer: { name: 'Kim Park', authenticated: false }, ringSeconds: 0.2 });
    await press(panel, 'button', 'Done');
    // A session of less than a second counts as never connected.
    await until(() => /00:0[1-9]/.test(shownText(panel)));
    phone.hangUp(sessionId);
    await press(panel, 'button', 'Save & Close');
    await press(panel, 'tab', 'History');
    await see(panel, 'button', /Kim Park.*Missed chat/s);
    await press(panel, 'button', /Nora Lind.*Chat ended/s);
    await until(() => shownText(panel).includes('Chat ID'));
    expect(shownText(panel)).to.contain('Chat time').and.not.contain('Call ID');
  });

  /** The details of a past call, in a CRM whose tickets have links. */
  async function pastCall(host: GivenPanel['host'] = { baseUrl: 'https://crm.example/' }) {
    const opened = await open({ host: host! });
    const { panel, telephony: phone } = opened;
    const sessionId = phone.incoming({ number: MIAS, answered: true });
    await see(panel, 'button', 'Mute');
    await until(() => shownText(panel).includes('Ticket #'));
    phone.hangUp(sessionId);
    await press(panel, 'button', 'Back to Available');
    await press(panel, 'tab', 'History');
    await see(panel, 'button', /Mia Chen/);
    const details = async () => {
      await press(panel, 'button', /Mia Chen/);
      return (await see(panel, 'button', /^Open ticket #/)).textContent!.replace(/\D/g, '');
    };
    return { ...opened, details };
  }
  /** Replaces the clipboard: collects copied texts, or refuses. */
  function clipboard(refuses = false): string[] {
    const copied: string[] = [];
    const writeText = async (text: string) => {
      if (refuses) throw new DOMException('', 'NotAllowedError');
      copied.push(text);
    };
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } });
    return copied;
  }

  it('A3 Copy ticket link copies it', async () => {
    const { panel, details } = await pastCall();
    const copied = clipboard();
    const ticketId = await details();
    await press(panel, 'button', 'Copy ticket link');
    await see(panel, 'button', 'Copied');
    expect(copied).to.deep.equal([`https://crm.example/tickets/${ticketId}`]);
  });

  it('A3 says that the browser did not let the link be copied', async () => {
    const { panel, details } = await pastCall();
    clipboard(true);
    await details();
    await press(panel, 'button', 'Copy ticket link');
    await until(() => shownText(panel).includes('The browser didn’t allow copying.'));
  });

  it('A3 offers no link to copy if the CRM’s tickets have none', async () => {
    const { host, details } = await pastCall({});
    let asked = false;
    const getTicket = host.getTicket.bind(host);
    host.getTicket = (...given) => getTicket(...given).finally(() => (asked = true));
    await details();
    await until(() => asked);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(allByRole(document.body, 'button', 'Copy ticket link')).to.deep.equal([]);
  });

  it('A3 says on Copy that the link could not be looked up, and looks it up again', async () => {
    const { panel, host, details } = await pastCall();
    const copied = clipboard();
    host.trouble = { fail: { getTicket: 'invalid' } };
    await details();
    await press(panel, 'button', 'Copy ticket link');
    await until(() => shownText(panel).includes('The ticket link couldn’t be loaded.'));
    host.trouble = {};
    await press(panel, 'button', 'Copy ticket link');
    await see(panel, 'button', 'Copied');
    expect(copied).to.have.length(1);
  });
});

describe('a voicemail', () => {
  afterEach(() => document.body.replaceChildren());

  /** The details of a voicemail with a sound. */
  async function message(sound: Blob) {
    const opened = await open();
    const { panel, telephony: phone } = opened;
    phone.recordingFile = () => sound;
    const sessionId = phone.voicemail({ number: MIAS, transcript: 'Please call me back' });
    const recorded = async () => (await phone.getSession(sessionId))?.record?.ticketId !== undefined;
    while (!(await recorded())) await new Promise((resolve) => setTimeout(resolve, 10));
    // A new voicemail reloads the list.
    phone.voicemail({ number: '+14155559999' });
    // A browser blocks sound until a person has pressed something in the page.
    await sendKeys({ press: 'a' });
    await press(panel, 'tab', 'Voicemail (2)');
    await press(panel, 'button', /Please call me back/);
    const player = await until(() => playerIn(panel));
    return { ...opened, player, play: () => player.play().catch(() => undefined) };
  }
  const playerIn = (panel: HTMLElement) =>
    panel.shadowRoot!.querySelector('ccai-voicemail-screen')!.shadowRoot!.querySelector('audio');
  const listened = (opened: TestPanel) =>
    /☎ Alex Morgan listened to the voicemail · .*\nvoicemail_read · /.test(written(opened));

  it('A3 R5 a new voicemail names its contact and its ticket once they exist', async () => {
    const { panel, telephony: phone } = await open();
    await press(panel, 'tab', /^Voicemail/);
    phone.voicemail({ number: MIAS });
    await press(panel, 'button', /Mia Chen/);
    await see(panel, 'button', /^Open ticket #/);
  });

  it('A3 R18 a voicemail counts as listened to once it plays', async () => {
    const opened = await message(toneFile({ durationSeconds: 1 }));
    await opened.play();
    await see(opened.panel, 'tab', 'Voicemail (1)');
    await until(() => listened(opened));
  });

  it('A3 R18 a voicemail that cannot be played does not count as listened to; a message offers the ticket and Retry', async () => {
    const opened = await message(new Blob(['no sound'], { type: 'audio/mpeg' }));
    const { panel } = opened;
    await opened.play();
    const alert = /The message couldn’t be played\. Try ticket #\d+\./;
    await until(() => allByRole(panel, 'alert').some((one) => alert.test(one.textContent!)));
    byRole(panel, 'tab', 'Voicemail (2)');
    byRole(panel, 'button', 'Mark as heard');
    expect(listened(opened)).to.equal(false);
    opened.telephony.recordingFile = () => toneFile({ durationSeconds: 1 });
    await press(panel, 'button', 'Back');
    await press(panel, 'button', /Please call me back/);
    expect(allByRole(panel, 'alert')).to.deep.equal([]);
  });

  it('A3 R18 Retry plays a voicemail that could not be played', async () => {
    const opened = await message(toneFile({ durationSeconds: 1 }));
    const { panel, player } = opened;
    player.dispatchEvent(new Event('error'));
    await press(panel, 'button', 'Retry');
    await until(() => listened(opened));
    expect(allByRole(panel, 'alert')).to.deep.equal([]);
  });
});
