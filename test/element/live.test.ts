/// <reference types="mocha" />
import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { computeAccessibleName } from 'dom-accessibility-api';
import { activeElement } from '../../src/element/active-element.js';
import type { SettingsInput } from '../../src/domain/settings.js';
import { allCapabilities, type IncomingCall } from '../../src/simulator/index.js';
import { MIAS, SHARED } from '../support/crm-data.js';
import { onMain, type GivenPanel, type TestPanel, written } from '../support/panel.js';
import { allByRole, byRole, press, see, shownText, until } from '../support/roles.js';

const telephony = { profile: { capabilities: allCapabilities } } as GivenPanel['telephony'];
const batching = { comments: false, updates: false };
const orders = { id: 'orders', path: ['Orders', 'Returns'] };

const open = (settings: SettingsInput = {}, more: GivenPanel = {}): Promise<TestPanel> =>
  onMain({ settings: { batching, ...settings }, telephony: telephony!, ...more });

/** An incoming call for an agent who is available. */
async function rung(call: Partial<IncomingCall> = {}, settings?: SettingsInput) {
  const opened = await open(settings);
  await opened.telephony.setStatus('available');
  const sessionId = opened.telephony.incoming({ number: MIAS, queue: orders, ...call });
  await see(opened.panel, 'button', 'Answer');
  return { ...opened, sessionId };
}

/** A call in progress that is long enough not to count as too short. */
async function inCall(settings?: SettingsInput, call: Partial<IncomingCall> = {}) {
  const opened = await open(settings);
  const sessionId = opened.telephony.incoming({ number: MIAS, queue: orders, answered: true, ...call });
  await see(opened.panel, 'button', 'Mute');
  return { ...opened, sessionId };
}

const pressed = (panel: HTMLElement, name: string): string | null =>
  byRole(panel, 'button', name).getAttribute('aria-pressed');
const notes = (panel: HTMLElement) => byRole<HTMLTextAreaElement>(panel, 'textbox', /^Notes/);
function type(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  field.focus();
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
}

describe('an incoming call', () => {
  afterEach(() => document.body.replaceChildren());

  it('A5 shows the customer, what the CRM knows, the queue and the number dialled', async () => {
    const { panel } = await rung();
    await see(panel, 'heading', 'Mia Chen');
    await until(() => /#\d+, \w+/.test(shownText(panel)));
    expect(shownText(panel)).to.contain('Orders › Returns').and.contain('to ').and.contain('+1 800 555 0100');
    byRole(panel, 'button', 'Decline');
  });

  it('A5 says that several contacts have the number, and names none of them', async () => {
    const { panel } = await rung({ number: SHARED });
    await until(() => shownText(panel).includes('contacts have this number'));
    expect(allByRole(panel, 'heading', /Ana|Ben/)).to.deep.equal([]);
  });

  it('A5 says that no contact has the number', async () => {
    const { panel } = await rung({ number: '+14155559999' });
    await until(() => shownText(panel).includes('No contact in Testdesk has this number.'));
  });

  it('A5 R23 Answer connects, assigns the ticket to the agent and opens it', async () => {
    const { panel, host } = await rung();
    await press(panel, 'button', 'Answer');
    await see(panel, 'button', 'End call');
    await until(() => host.context.ticketId !== undefined);
    expect(host.ticket(host.context.ticketId!).assigneeId).to.equal((await host.getAgent()).id);
  });

  it('A5 Decline is confirmed on screen, and cannot be undone', async () => {
    const { panel, telephony: phone } = await rung();
    phone.trouble = { decline: 'never' };
    await press(panel, 'button', 'Decline');
    const declining = await see<HTMLButtonElement>(panel, 'button', 'Declining…');
    expect(declining.disabled).to.equal(true);
    expect(byRole<HTMLButtonElement>(panel, 'button', 'Answer').disabled).to.equal(true);
    expect(shownText(panel)).to.contain('You declined.');
  });

  it('A5 a declined call is gone, and the panel is as before', async () => {
    const { panel } = await rung();
    await press(panel, 'button', 'Decline');
    await press(panel, 'button', 'Done');
    await see(panel, 'button', 'Dial a number');
  });

  it('A5 says why an answer failed, and the call can still be answered', async () => {
    const { panel, telephony: phone } = await rung();
    phone.trouble = { answer: 'microphone-denied' };
    await press(panel, 'button', 'Answer');
    await until(() => allByRole(panel, 'alert').some((one) => one.textContent?.includes('The call wasn’t answered.')));
    phone.trouble = {};
    await press(panel, 'button', 'Answer');
    await see(panel, 'button', 'End call');
  });

  it('A5 a missed call is shown, and Back to Available changes the status', async () => {
    const { panel } = await rung({ ringSeconds: 0.2, patienceSeconds: 0.4 });
    const back = await see(panel, 'button', 'Back to Available');
    expect(shownText(panel)).to.contain('You missed this call');
    back.click();
    await see(panel, 'button', 'Dial a number');
    await until(() => shownText(panel).includes('Available'));
  });

  it('A5 with auto-answer it counts down and is then answered', async () => {
    const { panel } = await rung({}, { calls: { autoAnswer: true } });
    await until(() => shownText(panel).includes('Answers automatically in'));
    await see(panel, 'button', 'End call');
  });

  it('A5 the focus goes to Answer, unless a person is typing', async () => {
    const { panel, telephony: phone } = await open();
    await phone.setStatus('available');
    phone.incoming({ number: MIAS, ringSeconds: 0.5, patienceSeconds: 0.6 });
    const answer = await see(panel, 'button', 'Answer');
    await until(() => (answer.getRootNode() as ShadowRoot).activeElement === answer);
    await press(panel, 'button', 'Back to Available');
    await press(panel, 'button', 'Dial a number');
    const number = await see<HTMLInputElement>(panel, 'textbox', 'Phone number');
    // The focus is where the person types, however soon the call arrives after the screen.
    number.focus();
    type(number, '415');
    phone.incoming({ number: MIAS });
    const again = await see(panel, 'button', 'Answer');
    await see(panel, 'heading', 'Mia Chen');
    await until(() => (again.getRootNode() as ShadowRoot).activeElement?.localName === 'h2');
  });

  it('A5 an open form returns after the call', async () => {
    const { panel, telephony: phone } = await open();
    await phone.setStatus('available');
    await press(panel, 'button', 'Dial a number');
    type(await see<HTMLInputElement>(panel, 'textbox', 'Phone number'), '415 555');
    phone.incoming({ number: MIAS });
    await press(panel, 'button', 'Decline');
    const number = await see<HTMLInputElement>(panel, 'textbox', 'Phone number');
    expect(number.value).to.contain('555');
  });

  it('A5 is announced with the caller’s name', async () => {
    const { panel } = await rung();
    const announcer = panel.shadowRoot!.querySelector('#announcer')!;
    await until(() => announcer.textContent === 'Incoming call: Mia Chen');
  });

  it('A7 a chat during a call waits in the list, and is answered there', async () => {
    const { panel, telephony: phone } = await open();
    await phone.setStatus('available');
    phone.incoming({ number: MIAS, answered: true });
    await see(panel, 'button', 'Mute');
    const customer = { name: 'Nora Lind', authenticated: false };
    phone.chat({ channel: 'web-chat', customer });
    await press(panel, 'button', 'Incoming chat: Nora Lind');
    await press(panel, 'button', 'Answer');
    await see(panel, 'button', 'Chat: Nora Lind');
    await press(panel, 'button', 'Call: Mia Chen');
    await see(panel, 'button', 'Mute');
  });
});

describe('in a call', () => {
  afterEach(() => document.body.replaceChildren());

  it('A4 Mute, Hold and Redact are pressed once the platform says so; their labels stay', async () => {
    const { panel, telephony: phone, sessionId } = await inCall();
    for (const name of ['Mute', 'Hold', 'Redact']) {
      expect(pressed(panel, name)).to.equal('false');
      await press(panel, 'button', name);
      await until(() => pressed(panel, name) === 'true');
    }
    const { muted, held, recordingPaused } = (await phone.getSession(sessionId))!;
    expect({ muted, held, recordingPaused }).to.deep.equal({ muted: true, held: true, recordingPaused: true });
    expect(shownText(panel)).to.contain('On hold');
    await press(panel, 'button', 'Hold');
    await until(() => pressed(panel, 'Hold') === 'false');
  });

  it('A4 a toggle that the platform refuses says so, and stays as it is', async () => {
    const { panel, telephony: phone } = await inCall();
    phone.trouble = { setMuted: 'offline' };
    await press(panel, 'button', 'Mute');
    await until(() => shownText(panel).includes('Mute didn’t change.'));
    expect(pressed(panel, 'Mute')).to.equal('false');
    await press(panel, 'button', 'Close');
    await until(() => !shownText(panel).includes('Mute didn’t change.'));
  });

  it('A4 sends typed, pressed and pasted digits in order; refuses letters as a whole', async () => {
    const { panel, telephony: phone, sessionId } = await inCall();
    await press(panel, 'button', 'Keypad');
    const field = await see<HTMLInputElement>(panel, 'textbox', 'Digits sent');
    for (const key of ['1', '2', '#']) await press(panel, 'button', key);
    const paste = (text: string) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text', text);
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    };
    paste('45-67');
    paste('8ab9');
    await until(() => allByRole(panel, 'alert').some((one) => one.textContent?.includes('Nothing was sent.')));
    field.dispatchEvent(new InputEvent('beforeinput', { data: '*', cancelable: true, bubbles: true }));
    await until(() => phone.digitsOf(sessionId) === '12#4567*');
    expect(field.value).to.equal('12#4567*');
  });

  it('A4 during a consultation the customer is on hold; cancelling ends both', async () => {
    const { panel, telephony: phone, sessionId } = await inCall();
    await press(panel, 'button', 'Transfer/Add');
    await press(panel, 'tab', 'Agent');
    await press(panel, 'button', 'Jonas Weber');
    await press(panel, 'button', 'Consult first');
    await until(() => shownText(panel).includes('Calling Jonas Weber'));
    expect(shownText(panel)).to.contain('The customer is on hold.');
    expect(byRole<HTMLButtonElement>(panel, 'button', 'Complete transfer').disabled).to.equal(true);
    await press(panel, 'button', 'Cancel transfer');
    await until(() => pressed(panel, 'Hold') === 'false' && !shownText(panel).includes('Jonas Weber'));
    expect((await phone.getSession(sessionId))!.held).to.equal(false);
  });

  it('A4 R13 a warm transfer can be completed once the other party has joined; the ticket becomes theirs', async () => {
    const opened = await inCall();
    const { panel, host } = opened;
    await press(panel, 'button', 'Transfer/Add');
    await press(panel, 'tab', 'Agent');
    await press(panel, 'button', 'Jonas Weber');
    await press(panel, 'button', 'Consult first');
    await until(() => shownText(panel).includes('Speaking with Jonas Weber'));
    await press(panel, 'button', 'Complete transfer');
    await until(() => shownText(panel).includes('Transferred'));
    await until(() => host.tickets().some(({ assigneeId }) => assigneeId === '103'));
  });

  it('A4 R13 a cold transfer to a queue leaves the call', async () => {
    const { panel, telephony: phone, sessionId } = await inCall();
    await press(panel, 'button', 'Transfer/Add');
    await press(panel, 'button', 'Repairs');
    await press(panel, 'button', 'Transfer now');
    await until(() => shownText(panel).includes('Transferred'));
    expect((await phone.getSession(sessionId))!.queue?.id).to.equal('q-repairs');
  });

  it('A4 S15 a transfer takes an outside number in any notation, and refuses one that may not be called', async () => {
    const { panel } = await inCall({ outbound: { refusedPrefixes: ['+1900'] } });
    await press(panel, 'button', 'Transfer/Add');
    await press(panel, 'tab', 'Outside number');
    const field = await see<HTMLInputElement>(panel, 'textbox', 'Phone number');
    type(field, '1 900 555 0123');
    await press(panel, 'button', 'Consult first');
    await until(() => allByRole(panel, 'alert').length > 0);
    expect(field.value).to.equal('1 900 555 0123');
    type(field, '(415) 555-0190');
    await press(panel, 'button', 'Consult first');
    await until(() => shownText(panel).includes('Calling +1 415 555 0190'));
  });

  it('A4 F4 F14 a transfer asks before it calls a premium number, and says why a number is invalid', async () => {
    const {
      panel,
      telephony: phone,
      sessionId,
    } = await inCall({
      outbound: { premiumNumbers: 'confirm', emergencyNumbers: 'refuse' },
    });
    await press(panel, 'button', 'Transfer/Add');
    await press(panel, 'tab', 'Outside number');
    const field = await see<HTMLInputElement>(panel, 'textbox', 'Phone number');
    type(field, '415 555 01');
    await until(() => shownText(panel).includes('digits are missing (United States)'));
    type(field, '911');
    await until(() => shownText(panel).includes('You can’t call emergency numbers here.'));
    await press(panel, 'button', 'Consult first');
    type(field, '+1 900 234 5678');
    await press(panel, 'button', 'Consult first');
    await see(panel, 'alertdialog', 'Call this number?');
    await press(panel, 'button', 'Cancel');
    expect((await phone.getSession(sessionId))!.participants).to.have.length(1);
    expect(field.value).to.equal('+1 900 234 5678');
    await press(panel, 'button', 'Consult first');
    await press(panel, 'button', 'Call anyway');
    await until(() => shownText(panel).includes('Calling +1 900 234 5678'));
  });

  it('A4 R28 an added participant is shown and can be removed; the ticket lists the participant', async () => {
    const opened = await inCall();
    const { panel, telephony: phone, sessionId } = opened;
    await press(panel, 'button', 'Transfer/Add');
    await press(panel, 'tab', 'Agent');
    await press(panel, 'button', 'Jonas Weber');
    await press(panel, 'button', 'Add to call');
    await press(panel, 'button', 'Remove Jonas Weber');
    await until(() => allByRole(panel, 'button', 'Remove Jonas Weber').length === 0);
    phone.hangUp(sessionId);
    await press(panel, 'button', 'Back to Available');
    const stay = /\nJonas Weber joined at \d\d:\d\d and left at \d\d:\d\d\n(.+\n)*call_finished · /;
    await until(() => stay.test(written(opened)));
  });

  it('A4 says that the directory could not be loaded, and Retry loads it', async () => {
    const { panel, telephony: phone } = await inCall();
    phone.trouble = { directory: 'offline' };
    await press(panel, 'button', 'Transfer/Add');
    await until(() => shownText(panel).includes('The directory couldn’t be loaded.'));
    phone.trouble = {};
    await press(panel, 'button', 'Retry');
    await see(panel, 'button', 'Repairs');
  });

  it('A4 Details show the queue and the number, and open the ticket', async () => {
    const { panel, host } = await inCall();
    await until(() => host.context.ticketId !== undefined);
    const ticketId = host.context.ticketId!;
    const opens: string[] = [];
    host.openTicket = async (id) => void opens.push(id);
    await press(panel, 'button', 'Details');
    await until(() => shownText(panel).includes('Orders › Returns'));
    await press(panel, 'button', `Open ticket #${ticketId}`);
    await until(() => opens.includes(ticketId));
  });

  it('R10 Hang up and call back ends the call and calls the customer, with the call as parent', async () => {
    const { panel, telephony: phone, sessionId } = await inCall();
    await press(panel, 'button', 'Hang up and call back');
    await until(() => phone.sessions().some(({ parentId }) => parentId === sessionId));
    const again = phone.sessions().find(({ parentId }) => parentId === sessionId)!;
    expect(again.customerNumber).to.equal(MIAS);
    expect(again.direction).to.equal('outbound');
  });

  it('A2 during a call the next status can be chosen and cancelled', async () => {
    const { panel } = await inCall();
    const choose = async (option: string) => {
      await press(panel, 'combobox', 'Status');
      await press(panel, 'option', option);
    };
    await choose('Break');
    await until(() => shownText(panel).includes('Next: Break'));
    await choose('Keep current status');
    await until(() => !shownText(panel).includes('Next: Break'));
  });
});

describe('after a call', () => {
  afterEach(() => document.body.replaceChildren());

  it('A6 a call of at most ten seconds was too short; Back to Available closes it', async () => {
    const { panel, telephony: phone, sessionId } = await inCall();
    phone.hangUp(sessionId);
    const back = await see(panel, 'button', 'Back to Available');
    expect(shownText(panel)).to.contain('Short call');
    back.click();
    await see(panel, 'button', 'Dial a number');
    await until(() => phone.sessions().find(({ id }) => id === sessionId)!.phase === 'ended');
  });

  it('A6 R10 Call back after a short call calls the customer, with the call as parent', async () => {
    const { panel, telephony: phone, sessionId } = await inCall();
    phone.hangUp(sessionId);
    await press(panel, 'button', 'Call back');
    await until(() => phone.sessions().some(({ parentId }) => parentId === sessionId));
  });

  it('A6 R28 notes from the call are kept after it, and Save & Close writes them to the ticket', async () => {
    const opened = await inCall({ calls: { dispositions: [{ code: 'help', label: 'Helped' }] } });
    const { panel, telephony: phone, sessionId } = opened;
    type(notes(panel), 'Wants a refund');
    phone.hangUp(sessionId);
    const save = await see(panel, 'button', 'Save & Close');
    expect(notes(panel).value).to.equal('Wants a refund');
    await press(panel, 'combobox', 'Disposition');
    await press(panel, 'option', 'Helped');
    save.click();
    await see(panel, 'button', 'Dial a number');
    await until(() => written(opened).includes('Wants a refund'));
    expect(written(opened)).to.match(/\nWants a refund\nHelped\n(.+\n)*call_finished · /);
  });

  it('A6 S16 shows what is required, and Save & Close waits for it', async () => {
    const calls = {
      dispositions: [{ code: 'help', label: 'Helped' }],
      notesRequired: true,
      dispositionsRequired: true,
    };
    const { panel, telephony: phone, sessionId } = await inCall({ calls });
    type(notes(panel), 'x');
    phone.hangUp(sessionId);
    const save = await see<HTMLButtonElement>(panel, 'button', 'Save & Close');
    await until(() => shownText(panel).includes('Choose a disposition.'));
    expect(save.disabled).to.equal(true);
    await press(panel, 'combobox', 'Disposition (required)');
    await press(panel, 'option', 'Helped');
    await until(() => !byRole<HTMLButtonElement>(panel, 'button', 'Save & Close').disabled);
  });

  it('A6 nested dispositions are offered with their paths, five levels deep', async () => {
    const nested = (depth: number): { code: string; label: string; children?: object[] } => ({
      code: `c${depth}`,
      label: `L${depth}`,
      ...(depth < 5 ? { children: [nested(depth + 1)] } : {}),
    });
    const { panel, telephony: phone, sessionId } = await inCall({ calls: { dispositions: [nested(1)] } } as never);
    type(notes(panel), 'x');
    phone.hangUp(sessionId);
    await press(panel, 'combobox', 'Disposition');
    await see(panel, 'option', 'L1 › L2 › L3 › L4 › L5');
  });

  it('A6 notes that could not be saved stay on screen, and are saved when the platform works again', async () => {
    const opened = await inCall();
    const { panel, telephony: phone, sessionId } = opened;
    type(notes(panel), 'Wants a refund');
    phone.hangUp(sessionId);
    phone.trouble = { submitWrapUp: 'offline' };
    await press(panel, 'button', 'Save & Close');
    await until(() => shownText(panel).includes('Your notes weren’t saved. They’re kept here.'));
    expect(notes(panel).value).to.equal('Wants a refund');
    phone.trouble = {};
    await press(panel, 'button', 'Save & Close');
    await until(() => written(opened).includes('Wants a refund'));
  });

  it('A6 notes can be saved although the platform has ended the wrap-up', async () => {
    const opened = await inCall();
    const { panel, telephony: phone, sessionId } = opened;
    type(notes(panel), 'Wants a refund');
    phone.hangUp(sessionId);
    await see(panel, 'button', 'Save & Close');
    await phone.setStatus('break');
    await until(() => shownText(panel).includes('Your notes aren’t saved yet.'));
    await press(panel, 'button', 'Save & Close');
    await until(() => written(opened).includes('Wants a refund'));
    await see(panel, 'button', 'Dial a number');
  });

  it('A6 a wrap-up over its time says so, and can still be saved', async () => {
    const {
      panel,
      telephony: phone,
      sessionId,
    } = await inCall({ calls: { wrapUpSeconds: { inbound: 1, outbound: 1 } } });
    type(notes(panel), 'Wants a refund');
    phone.hangUp(sessionId);
    await until(() => shownText(panel).includes('Wrap-up time is over.'));
    await press(panel, 'button', 'Save & Close');
    await see(panel, 'button', 'Dial a number');
  });
});

describe('history and voicemail', () => {
  afterEach(() => document.body.replaceChildren());

  it('A3 the history lists all calls or the missed ones; a row opens its details', async () => {
    const { panel, telephony: phone } = await open();
    await phone.setStatus('available');
    phone.incoming({ number: '+14155559999', ringSeconds: 0.2, patienceSeconds: 0.3 });
    await press(panel, 'button', 'Back to Available');
    const sessionId = phone.incoming({ number: MIAS, answered: true });
    await see(panel, 'button', 'Mute');
    await until(() => shownText(panel).includes('Ticket #'));
    phone.hangUp(sessionId);
    await press(panel, 'button', 'Back to Available');
    await press(panel, 'tab', 'History');
    await until(() => allByRole(panel, 'button', /Mia Chen/).length === 1);
    await press(panel, 'button', 'Missed');
    await until(() => allByRole(panel, 'button', /Mia Chen/).length === 0);
    await press(panel, 'button', 'All');
    await press(panel, 'button', /Mia Chen/);
    await see(panel, 'button', /^Open ticket #/);
  });

  it('A3 R10 Call back from the history calls with the call as parent', async () => {
    const { panel, telephony: phone, sessionId } = await inCall();
    phone.hangUp(sessionId);
    await press(panel, 'button', 'Back to Available');
    await press(panel, 'tab', 'History');
    await press(panel, 'button', /Incoming/);
    await press(panel, 'button', 'Call back');
    await until(() => phone.sessions().some(({ parentId }) => parentId === sessionId));
  });

  it('A3 says that the history could not be loaded, and Retry loads it', async () => {
    const { panel, telephony: phone } = await open();
    phone.trouble = { history: 'offline' };
    await press(panel, 'tab', 'History');
    await until(() => shownText(panel).includes('The history couldn’t be loaded.'));
    phone.trouble = {};
    await press(panel, 'button', 'Retry');
    await until(() => shownText(panel).includes('Past calls and chats appear here.'));
  });

  it('A3 R18 voicemails are counted, played and closed, and the ticket says by whom', async () => {
    const opened = await open();
    const { panel, telephony: phone } = opened;
    phone.voicemail({ number: MIAS, transcript: 'Please call me back' });
    await press(panel, 'tab', 'Voicemail (1)');
    await press(panel, 'button', /Please call me back/);
    await press(panel, 'button', 'Mark as heard');
    await see(panel, 'tab', 'Voicemail');
    await press(panel, 'button', 'Close message');
    await until(() => shownText(panel).includes('This message is closed.'));
    await until(() => /☎ Alex Morgan listened to the voicemail · .*\nvoicemail_read · /.test(written(opened)));
    await until(() => /☎ Alex Morgan closed the voicemail · .*\nvoicemail_closed · /.test(written(opened)));
  });

  it('A3 R18 Call back of a voicemail calls the caller', async () => {
    const { panel, telephony: phone } = await open();
    const sessionId = phone.voicemail({ number: MIAS });
    await press(panel, 'tab', 'Voicemail (1)');
    await press(panel, 'button', /New/);
    await press(panel, 'button', 'Call back');
    await until(() => phone.sessions().some(({ parentId }) => parentId === sessionId));
  });

  it('A3 the arrow keys move between the tabs', async () => {
    const { panel } = await open();
    const call = await see(panel, 'tab', 'Call');
    call.focus();
    call.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, composed: true }));
    await until(() => byRole(panel, 'tab', 'History').getAttribute('aria-selected') === 'true');
  });

  it('A3 shows no tabs for a platform without history and voicemail', async () => {
    const { panel } = await onMain();
    expect(allByRole(panel, 'tab')).to.deep.equal([]);
  });
});

describe('by keyboard alone', () => {
  afterEach(() => document.body.replaceChildren());

  /** Presses Tab until the focused element has this name. */
  async function tabTo(name: string | RegExp): Promise<void> {
    for (let steps = 0; steps < 40; steps++) {
      const active = activeElement();
      const label = active ? computeAccessibleName(active) : '';
      if (typeof name === 'string' ? label === name : name.test(label)) return;
      await sendKeys({ press: 'Tab' });
    }
    throw new Error(`Tab does not come to ${String(name)}`);
  }

  it('A4 A5 A6 Q6 a call is answered, muted, held, noted, ended and saved, and the next number dialled', async () => {
    const opened = await rung();
    const { panel, telephony: phone } = opened;
    await until(() => activeElement()?.textContent?.includes('Answer'));
    await sendKeys({ press: 'Enter' });
    await see(panel, 'button', 'Mute');
    await tabTo('Mute');
    await sendKeys({ press: 'Space' });
    await until(() => pressed(panel, 'Mute') === 'true');
    await tabTo('Hold');
    await sendKeys({ press: 'Space' });
    await until(() => pressed(panel, 'Hold') === 'true');
    await tabTo(/^Notes/);
    await sendKeys({ type: 'Wants a refund' });
    await tabTo('End call');
    await sendKeys({ press: 'Enter' });
    await see(panel, 'button', 'Save & Close');
    await tabTo('Save & Close');
    await sendKeys({ press: 'Enter' });
    await see(panel, 'button', 'Dial a number');
    await until(() => written(opened).includes('Wants a refund'));
    await tabTo('Dial a number');
    await sendKeys({ press: 'Enter' });
    await see(panel, 'textbox', 'Phone number');
    expect(phone.sessions()).to.have.length(1);
  });

  it('A3 A12 Q6 history and options can be opened and left', async () => {
    const { panel } = await open();
    await tabTo('Options');
    await sendKeys({ press: 'Enter' });
    await until(() => activeElement()?.textContent?.includes('Today'));
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'Enter' });
    await see(panel, 'heading', 'Network and permissions');
    await tabTo('Back');
    await sendKeys({ press: 'Enter' });
    await tabTo('Call');
    await sendKeys({ press: 'ArrowRight' });
    await until(() => shownText(panel).includes('Past calls and chats appear here.'));
  });
});
