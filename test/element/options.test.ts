/// <reference types="mocha" />
import { expect } from '@open-wc/testing';
import { KeptRecordings, type KeptRecording } from '../../src/desktop/kept-recordings.js';
import { inMemory } from '../../src/environment/in-memory.js';
import { allCapabilities } from '../../src/simulator/index.js';
import { MIAS, crmData } from '../support/crm-data.js';
import { onMain, type GivenPanel, type TestPanel } from '../support/panel.js';
import { allByRole, byRole, focused, press, see, shownText, until } from '../support/roles.js';
import { emitUnknownEvent } from '../support/unknown-event.js';

const telephony = { profile: { capabilities: allCapabilities } } as GivenPanel['telephony'];
/** Such a panel creates no AudioContext, which the tests of the ring replace. */
const ringingItself = { profile: { capabilities: [...allCapabilities, 'ringer'] } } as GivenPanel['telephony'];
const open = (more: GivenPanel = {}): Promise<TestPanel> => onMain({ telephony: telephony!, ...more });

async function page(panel: HTMLElement, name: string): Promise<void> {
  await press(panel, 'button', 'Options');
  await press(panel, 'button', name);
}

const mediaDevices = Object.getOwnPropertyDescriptor(Navigator.prototype, 'mediaDevices')!;
const found = [
  { kind: 'audioinput', deviceId: 'a', label: 'Headset microphone' },
  { kind: 'audiooutput', deviceId: 'b', label: 'Headset' },
];
let refusal: string | undefined;
/** Gives the browser devices, and a switch for the permission. */
function giveDevices(): void {
  const events = new EventTarget();
  Object.defineProperty(navigator, 'mediaDevices', {
    configurable: true,
    value: Object.assign(events, {
      enumerateDevices: async () => found,
      getUserMedia: async () => {
        if (refusal) throw new DOMException('', refusal);
        return new AudioContext().createMediaStreamDestination().stream;
      },
    }),
  });
}

function pressKeys(target: HTMLElement, code: string, held: Partial<KeyboardEventInit> = {}): KeyboardEvent {
  const event = new KeyboardEvent('keydown', {
    ...{ code, key: code.replace('Key', ''), bubbles: true, composed: true, cancelable: true },
    ...held,
  });
  target.dispatchEvent(event);
  return event;
}
const altShift = { altKey: true, shiftKey: true };

const keptFile = (id: string, more: Partial<KeptRecording> = {}): KeptRecording => ({
  ...{ id, sessionId: id, startedAt: '2026-03-02T09:00:00.000Z', durationSeconds: 9, part: 1, parts: 1 },
  file: new Blob([id], { type: 'audio/webm' }),
  ...more,
});

const withoutUploads: GivenPanel['host'] = { data: crmData, name: 'Testdesk', capabilities: ['merge'] };

/** Opens "Saved files" with these files, the first one on top. */
async function openKept(files: readonly KeptRecording[]): Promise<TestPanel> {
  const storage = inMemory();
  let now = Date.now();
  const kept = new KeptRecordings(storage, { now: () => now++ });
  for (const file of [...files].reverse()) await kept.keep(file);
  const opened = await open({ host: withoutUploads, storage });
  await page(opened.panel, 'Saved files');
  await until(() => !shownText(opened.panel).includes('Loading'));
  return opened;
}

/** Has a call whose recording the CRM does not take, and opens "Saved files" with it. */
async function keepRecording({ panel, telephony: phone }: TestPanel): Promise<void> {
  const id = phone.incoming({ number: MIAS, answered: true });
  // Nothing is recorded before the call is connected.
  await see(panel, 'timer', 'Call time');
  phone.hangUp(id);
  // Closes the message after a short call.
  await until(() => {
    for (const name of ['Back to Available', 'Done'])
      for (const button of allByRole(panel, 'button', name)) button.click();
    return allByRole(panel, 'button', 'Dial a number').length > 0;
  });
  // The recording arrives two seconds after the end.
  const offered = () => allByRole(panel, 'button', 'Download').length > 0;
  while (!offered()) {
    await page(panel, 'Saved files');
    await until(() => offered() || shownText(panel).includes('No files.'));
    if (!offered()) await press(panel, 'button', 'Back');
  }
}

describe('recordings that the CRM does not take', () => {
  afterEach(async () => {
    for (const { desktop } of document.querySelectorAll('ccai-agent-adapter')) await desktop?.stop();
    document.body.replaceChildren();
  });

  it('R11 can be downloaded and removed in the options', async () => {
    const opened = await open({ host: withoutUploads, files: true, telephony: ringingItself });
    const { panel } = opened;
    await keepRecording(opened);
    const links: HTMLAnchorElement[] = [];
    const click = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
      links.push(this);
    };
    await press(panel, 'button', 'Download').finally(() => (HTMLAnchorElement.prototype.click = click));
    expect(links[0]?.download).to.match(/^recording-.+\.webm$/);
    await press(panel, 'button', 'Remove');
    await press(panel, 'button', 'Remove');
    await until(() => shownText(panel).includes('No files.'));
  });

  it('Q6 R11 Keep and Remove move the focus within the row, then to the next row, then to the message that none is left', async () => {
    const { panel } = await openKept([keptFile('one'), keptFile('two')]);
    const [first, second] = allByRole(await see(panel, 'list', 'Saved files'), 'listitem');
    const pressFocused = (row: HTMLElement, name: string) => {
      const button = byRole(row, 'button', name);
      button.focus();
      button.click();
    };
    const has = (row: HTMLElement, name: string) => until(() => focused() === byRole(row, 'button', name));
    pressFocused(first!, 'Remove');
    await has(first!, 'Keep');
    await expect(panel).to.be.accessible();
    pressFocused(first!, 'Keep');
    await has(first!, 'Remove');
    for (const row of [first!, second!]) {
      pressFocused(row, 'Remove');
      await has(row, 'Keep');
      pressFocused(row, 'Remove');
      if (row === first) await has(second!, 'Remove');
    }
    await until(() => focused()?.textContent === 'No files.');
  });

  it('R11 a file with invalid data from the platform is listed without that data, and can be downloaded', async () => {
    const strange = { startedAt: 'yesterday', durationSeconds: NaN };
    const { panel } = await openKept([keptFile('one', strange), keptFile('two', { startedAt: undefined as never })]);
    const list = await see(panel, 'list', 'Saved files');
    const [first, second] = allByRole(list, 'listitem');
    expect(shownText(first!)).to.match(/^one Call recording 1 kB /);
    expect(shownText(second!)).to.match(/^two Call recording 00:09 · 1 kB /);
    const names: string[] = [];
    const click = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
      names.push(this.download);
    };
    for (const row of [first!, second!]) byRole(row, 'button', 'Download').click();
    HTMLAnchorElement.prototype.click = click;
    expect(names).to.deep.equal(['recording.webm', 'recording.webm']);
  });

  it('R11 B5 if the browser stores nothing, the panel says that they are lost with the page, and asks before the page is left', async () => {
    const opened = await open({ host: withoutUploads, files: true, telephony: ringingItself });
    const { panel, host, telephony: phone } = opened;
    /** Sets `volatile`; the panel reads it again after the next change of the leader's state. */
    const become = async (change: { volatile: boolean }) => {
      Object.assign(host, change);
      phone.drop();
      phone.restore();
      await new Promise((resolve) => setTimeout(resolve, 100));
    };
    const leave = () => globalThis.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    await page(panel, 'Saved files');
    await until(() => shownText(panel).includes('They’re lost when you close this page'));
    await become({ volatile: false });
    expect(leave()).to.equal(true, 'nothing is kept');
    await press(panel, 'button', 'Back');
    await keepRecording(opened);
    expect(leave()).to.equal(false, 'a file would be lost');
    await become({ volatile: true });
    expect(leave()).to.equal(true, 'so is the CRM');
  });

  it('R11 are mentioned only if there can be some', async () => {
    const { panel } = await open();
    await press(panel, 'button', 'Options');
    expect(allByRole(panel, 'button', 'About and log').length).to.equal(1);
    expect(allByRole(panel, 'button', 'Saved files')).to.deep.equal([]);
  });
});

describe('options', () => {
  beforeEach(() => localStorage.removeItem('ccai-panel'));
  afterEach(() => {
    document.body.replaceChildren();
    Object.defineProperty(navigator, 'mediaDevices', { ...mediaDevices, configurable: true });
    delete (navigator as { mediaDevices?: unknown }).mediaDevices;
    refusal = undefined;
    localStorage.removeItem('ccai-panel');
  });

  it('A12 shows the day’s statistics, or says that they could not be loaded, with Retry', async () => {
    const { panel, telephony: phone } = await open();
    phone.trouble = { statistics: 'offline' };
    await page(panel, 'Today');
    await until(() => shownText(panel).includes('Today’s numbers couldn’t be loaded.'));
    phone.trouble = {};
    await press(panel, 'button', 'Retry');
    await until(() => shownText(panel).includes('Talk time'));
    await press(panel, 'button', 'Back');
    await see(panel, 'button', 'Dial a number');
  });

  it('A12 the chosen language is kept in this browser', async () => {
    const { panel } = await open();
    await page(panel, 'Language');
    await press(panel, 'radio', 'français');
    await until(() => allByRole(panel, 'heading', 'Langue').length === 1);
    document.body.replaceChildren();
    const again = await onMain({ telephony: telephony!, locale: 'fr' });
    again.panel.locale = 'de';
    await see(again.panel, 'button', 'Composer un numéro');
  });

  it('A12 the network, the phone connection and the permissions are shown in words', async () => {
    const { panel, telephony: phone } = await open();
    await page(panel, 'Network and permissions');
    await until(() => /Phone system\s*Connected/.test(shownText(panel)));
    phone.drop();
    await until(() => /Phone system\s*Connection lost/.test(shownText(panel)));
    expect(shownText(panel)).to.match(/This tab\s*Handles calls/);
  });

  it('A12 an event that could not be recorded is listed once, with count and time', async () => {
    const { panel, telephony: phone } = await open();
    await page(panel, 'About and log');
    expect(shownText(panel)).not.to.contain('Problems');
    await press(panel, 'button', 'Back');
    for (let time = 0; time < 2; time++) emitUnknownEvent(phone, 'agent.teleported');
    emitUnknownEvent(phone, `Mia Chen ${MIAS}`);
    await page(panel, 'About and log');
    await until(() => shownText(panel).includes('agent.teleported'));
    expect(shownText(panel)).to.contain('doesn’t know. agent.teleported this minute · 2 times');
    expect(shownText(panel)).not.to.contain('Mia');
  });

  it('A12 R16 each ticket field that cannot be filled is named, with a count', async () => {
    const settings = {
      tickets: { sessionFields: { session_type: '311', queue_name: '311', csat_score: '310' } },
    };
    const { panel, telephony: phone } = await open({ host: { data: crmData, settings } });
    phone.incoming({ number: MIAS, channel: 'mobile-call', answered: true });
    await see(panel, 'button', 'End call');
    await page(panel, 'About and log');
    await until(() => shownText(panel).includes('Ticket field 310'));
    const rows = allByRole(panel, 'listitem').map(shownText);
    expect(rows.map((row) => row.replace(/ is missing .* completely\./, ':').trim())).to.deep.equal([
      'Ticket field 310: this minute',
      'Ticket field 311: this minute · 2 times',
    ]);
  });

  it('A12 Q6 the log for download lists events, and contains nothing of a person', async () => {
    const { panel, telephony: phone } = await open();
    phone.incoming({ number: MIAS, answered: true });
    await see(panel, 'button', 'End call');
    await until(() => shownText(panel).includes('Ticket #'));
    await page(panel, 'About and log');
    let file: Blob | undefined;
    const make = URL.createObjectURL;
    const { click } = HTMLAnchorElement.prototype;
    URL.createObjectURL = (blob) => {
      file = blob as Blob;
      return make(blob);
    };
    HTMLAnchorElement.prototype.click = () => {};
    await press(panel, 'button', 'Download log');
    URL.createObjectURL = make;
    HTMLAnchorElement.prototype.click = click;
    const text = await file!.text();
    expect(text).to.contain('session.offered');
    for (const personal of ['Mia', MIAS.slice(2), 'Ticket']) expect(text).not.to.contain(personal);
  });

  it('A8 microphone, speaker and ringer can be chosen; the platform gets the choice, and the browser keeps it', async () => {
    giveDevices();
    const { panel, telephony: phone } = await open();
    await page(panel, 'Sound and devices');
    await press(panel, 'combobox', 'Microphone');
    await press(panel, 'option', 'Headset microphone');
    await until(() => phone.devices.microphone === 'a');
    expect(JSON.parse(localStorage.getItem('ccai-panel')!)).to.deep.equal({ devices: { microphone: 'a' } });
    document.body.replaceChildren();
    const again = await open();
    await until(() => again.telephony.devices.microphone === 'a');
  });

  it('A8 the microphone’s test shows its level, the ringer’s test plays a sound', async () => {
    giveDevices();
    const { panel } = await open();
    await page(panel, 'Sound and devices');
    await press(panel, 'button', 'Test microphone');
    await see(panel, 'meter', 'Microphone level');
    await press(panel, 'button', 'Stop test');
    await until(() => allByRole(panel, 'meter').length === 0);
    await press(panel, 'button', 'Test ringer');
  });

  it('A8 says that the browser refuses the microphone, and what to do', async () => {
    refusal = 'NotAllowedError';
    giveDevices();
    const { panel } = await open();
    await page(panel, 'Sound and devices');
    await until(() =>
      allByRole(panel, 'alert').some((one) => one.textContent?.includes('Allow it next to the address')),
    );
    refusal = undefined;
    await press(panel, 'button', 'Retry');
    await until(() => allByRole(panel, 'alert').length === 0);
  });

  it('A8 an unplugged device during a call is reported, with a way to choose another; choosing one removes the message', async () => {
    giveDevices();
    const { panel, telephony: phone } = await open();
    await phone.setStatus('available');
    phone.incoming({ number: MIAS, answered: true });
    await see(panel, 'button', 'Mute');
    phone.loseDevice();
    await until(() => shownText(panel).includes('Microphone or headset disconnected.'));
    await press(panel, 'button', 'Sound and devices');
    await press(panel, 'combobox', 'Microphone');
    await press(panel, 'option', 'Headset microphone');
    await until(() => phone.devices.microphone === 'a');
    await press(panel, 'button', 'Back');
    await see(panel, 'button', 'Mute');
    expect(shownText(panel)).not.to.include('Microphone or headset disconnected.');
  });

  it('A11 the shortcuts answer, mute, hold and end while the focus is in the panel', async () => {
    const { panel, telephony: phone } = await open();
    await phone.setStatus('available');
    const sessionId = phone.incoming({ number: MIAS });
    const answer = await see(panel, 'button', 'Answer');
    pressKeys(answer, 'KeyA', altShift);
    const end = await see(panel, 'button', 'Mute');
    pressKeys(end, 'KeyM', altShift);
    pressKeys(end, 'KeyH', altShift);
    await until(() => byRole(panel, 'button', 'Mute').getAttribute('aria-pressed') === 'true');
    await until(() => byRole(panel, 'button', 'Hold').getAttribute('aria-pressed') === 'true');
    pressKeys(end, 'KeyE', altShift);
    await until(() => phone.sessions().find(({ id }) => id === sessionId)!.phase !== 'connected');
  });

  it('A11 no shortcut takes a key from the CRM, and none a plain key from a text field', async () => {
    const { panel } = await open();
    const field = document.body.appendChild(document.createElement('input'));
    expect(pressKeys(field, 'KeyD', altShift).defaultPrevented).to.equal(false);
    expect(pressKeys(await see(panel, 'button', 'Dial a number'), 'KeyD').defaultPrevented).to.equal(false);
    const dial = await see(panel, 'button', 'Dial a number');
    // The shortcuts load with the screens of a call, after the panel is ready.
    await until(() => pressKeys(dial, 'KeyD', altShift).defaultPrevented);
    await see(panel, 'textbox', 'Phone number');
  });

  it('A11 a shortcut is shown and can be changed; a taken one or a plain key is refused with the reason', async () => {
    const { panel } = await open();
    await page(panel, 'Keyboard shortcuts');
    await until(() => shownText(panel).includes('Alt+Shift+M'));
    await press(panel, 'button', 'Change shortcut: Mute');
    const change = byRole(panel, 'button', 'Change shortcut: Mute');
    pressKeys(change, 'KeyA', altShift);
    await until(() => shownText(panel).includes('Another shortcut has these keys.'));
    pressKeys(change, 'KeyX');
    await until(() => shownText(panel).includes('Add Alt or Ctrl'));
    pressKeys(change, 'KeyX', { ctrlKey: true, altKey: true });
    await until(() => shownText(panel).includes('Ctrl+Alt+X'));
    await press(panel, 'button', 'Reset to default');
    await until(() => shownText(panel).includes('Alt+Shift+M'));
  });
});
